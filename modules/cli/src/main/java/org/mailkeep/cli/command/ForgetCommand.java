package org.mailkeep.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.PruneOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.RetentionOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.forget.Forget;
import org.mailkeep.engine.forget.Retention.Verdict;
import org.mailkeep.engine.forget.RetentionRules;
import org.mailkeep.engine.forget.SnapshotGroup;
import org.mailkeep.engine.prune.PruneSettings;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets snapshots by rules or by name, and pins others. */
@Command(
    name = "forget",
    description = "Forget snapshots that are no longer wanted.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A snapshot stays if any rule keeps it. Rules count for each host, set of paths",
      "and set of tags alone. Always kept: pinned snapshots, the last one of a host",
      "and its paths (but with --allow-last), and those before a mass change that",
      "nobody has accepted.",
      "",
      "Space is freed by 'mailkeep prune', or with --prune at once after forgetting.",
      "",
      "Examples:",
      "  mailkeep forget --keep-hourly 48 --keep-daily 14 --keep-monthly 24 --dry-run",
      "  mailkeep forget --keep-within 30d --keep-yearly 10 --prune",
      "  mailkeep forget 4f21a09c",
      "  mailkeep forget --pin @2026-11-20"
    })
public final class ForgetCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final RetentionOptions retention = new RetentionOptions();
  @Mixin private final PruneOptions pruneOptions = new PruneOptions();
  @Mixin private final WorkOptions work = new WorkOptions();

  @Parameters(paramLabel = "SNAPSHOT", arity = "0..*", description = "Forget just these.")
  private List<String> named = new ArrayList<>();

  @Option(names = "--host", paramLabel = "NAME", description = "Only those of this machine.")
  private @Nullable String host;

  @Option(names = "--tag", paramLabel = "WORD", description = "Only those with this word.")
  private @Nullable String tag;

  @Option(
      names = "--pin",
      paramLabel = "SNAPSHOT",
      description = "Keep this one whatever the rules say.")
  private List<String> pin = new ArrayList<>();

  @Option(names = "--unpin", paramLabel = "SNAPSHOT", description = "Take a pin back.")
  private List<String> unpin = new ArrayList<>();

  @Option(
      names = "--accept",
      paramLabel = "SNAPSHOT",
      description = "The mass change in this one was meant; those before it may go.")
  private List<String> accept = new ArrayList<>();

  @Option(names = "--prune", description = "Then prune.")
  private boolean prune;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would stay and why, change nothing.")
  private boolean dryRun;

  @Option(
      names = {"-v", "--verbose"},
      description = "Name also those that go.")
  private boolean verbose;

  /** Stops when asked to. */
  public ForgetCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    RetentionRules rules = retention.rules();
    PruneSettings pruneSettings = pruneOptions.settings(dryRun);
    Parallelism parallelism = work.parallelism();
    boolean decides = !(pin.isEmpty() && unpin.isEmpty() && accept.isEmpty());
    requireSense(rules, decides);
    try (Repository open = new Opening(repository, terminal).open()) {
      List<MailkeepException> unusable = new ArrayList<>();
      List<Snapshot> all = open.snapshots().list(unusable::add);
      unusable.forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
      Forget forget = new Forget(open, ZoneId.systemDefault());
      if (decides) {
        decide(forget, all);
      }
      int code = unusable.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
      if (!named.isEmpty() || !rules.isEmpty()) {
        code = Math.max(code, forget(forget, all, rules));
      }
      if (!prune) {
        return code;
      }
      work.giveWay(terminal);
      int pruned =
          new PruneRun(terminal, output, pruneSettings, parallelism, cancellation).run(open);
      return Math.max(code, pruned);
    }
  }

  private void requireSense(RetentionRules rules, boolean decides) {
    if (!named.isEmpty() && !rules.isEmpty()) {
      throw new UsageException(
          "Snapshots were named, and rules given, too", "Do the one after the other.");
    }
    if (!named.isEmpty() && (host != null || tag != null)) {
      throw new UsageException(
          "Snapshots were named; --host and --tag go with rules", "Leave them out.");
    }
    if (named.isEmpty() && rules.isEmpty() && !decides) {
      throw new UsageException(
          "Nothing says what to keep",
          "Give rules such as --keep-daily 14 --keep-monthly 12, or name snapshots to forget.");
    }
    if (decides && dryRun) {
      throw new UsageException(
          "--pin, --unpin and --accept have no dry run", "Leave --dry-run out.");
    }
  }

  private void decide(Forget forget, List<Snapshot> all) {
    Instant now = TimeSource.clock().instant();
    for (Snapshot snapshot : find(pin, all)) {
      forget.mark(snapshot, Meaning.PINNED, now);
      say("Pinned " + describe(snapshot));
    }
    for (Snapshot snapshot : find(unpin, all)) {
      forget.unmark(snapshot, Meaning.PINNED);
      say("No longer pinned: " + describe(snapshot));
    }
    for (Snapshot snapshot : find(accept, all)) {
      if (snapshot.manifest().massChange().isEmpty()) {
        throw new UsageException(
            "Snapshot " + snapshot.id().shortForm() + " tells of no mass change",
            "See 'mailkeep snapshots' for the ones that do.");
      }
      forget.mark(snapshot, Meaning.ACCEPTED, now);
      say("Accepted the mass change in " + describe(snapshot));
    }
  }

  private void say(String text) {
    if (!output.quiet() && !output.json()) {
      terminal.line(text);
    }
  }

  private static String describe(Snapshot snapshot) {
    return snapshot.id().shortForm() + " of " + Units.time(snapshot.manifest().time());
  }

  private static List<Snapshot> find(List<String> texts, List<Snapshot> all) {
    SnapshotQuery query = new SnapshotQuery(ZoneId.systemDefault());
    return texts.stream().map(text -> query.find(text, all)).toList();
  }

  private int forget(Forget forget, List<Snapshot> all, RetentionRules rules) {
    Map<SnapshotGroup, List<Verdict>> verdicts = verdicts(forget, all, rules);
    List<MailkeepException> failures = dryRun ? List.of() : forget.forget(verdicts);
    new ForgetReport(terminal, output, dryRun, verbose, prune).tell(verdicts);
    failures.forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Map<SnapshotGroup, List<Verdict>> verdicts(
      Forget forget, List<Snapshot> all, RetentionRules rules) {
    if (named.isEmpty()) {
      List<Snapshot> some =
          all.stream()
              .filter(s -> host == null || s.manifest().host().equals(host))
              .filter(s -> tag == null || s.manifest().tags().contains(tag))
              .toList();
      return forget.judge(all, some, rules);
    }
    Set<ObjectId> ids = new TreeSet<>();
    find(named, all).forEach(snapshot -> ids.add(snapshot.id()));
    List<Snapshot> some = all.stream().filter(s -> ids.contains(s.id())).toList();
    Map<SnapshotGroup, List<Verdict>> verdicts = new LinkedHashMap<>();
    verdicts.put(SnapshotGroup.NAMED, forget.require(all, some, retention.allowLast()));
    return verdicts;
  }
}
