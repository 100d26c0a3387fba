package org.mailkeep.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.find.Find;
import org.mailkeep.engine.find.FindObserver;
import org.mailkeep.engine.find.FindSettings;
import org.mailkeep.engine.find.FoundPath;
import org.mailkeep.engine.find.FoundType;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds names in all snapshots. */
@Command(
    name = "find",
    description = "Find files by name in all snapshots, with every version there was.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A PATTERN without a slash is for names at any depth; one that begins with a",
      "slash is for whole paths. '*' and '?' do not cross slashes, '**' does.",
      "Versions differ in type, owner, mode, time or content. With --json, one",
      "object a line. Exit code 1: nothing was found.",
      "",
      "Examples:",
      "  mailkeep find -l '1700000123.M42P*'",
      "  mailkeep find --snapshot latest '/home/vpopmail/domains/*/anna/**/dovecot*'"
    })
public final class FindCommand implements Callable<Integer> {

  private static final int SIZE_WIDTH = 12;
  private static final int OWNER_WIDTH = 5;

  private final Terminal terminal;
  private final Cancellation cancellation;
  private final Map<ObjectId, String> names = new HashMap<>();
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "What to look for.")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--snapshot",
      paramLabel = "SNAPSHOT",
      description = "Only in this one: 'latest', the beginning of an id, @TIME. Repeatable.")
  private List<String> wanted = new ArrayList<>();

  @Option(names = "--host", paramLabel = "NAME", description = "Only snapshots of this machine.")
  private @Nullable String host;

  @Option(names = "--tag", paramLabel = "WORD", description = "Only snapshots with this word.")
  private @Nullable String tag;

  @Option(
      names = "--type",
      paramLabel = "f|d|l",
      description = "Only regular files, directories, or symbolic links. Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(names = "--newest", description = "Only the newest version of each.")
  private boolean newest;

  @Option(
      names = {"-l", "--long"},
      description = "With mode, numeric owner and group.")
  private boolean details;

  /** Prints to this terminal; can be stopped. */
  public FindCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    FindSettings settings =
        new FindSettings(
            patterns.stream().map(PathPattern::of).toList(),
            types.stream().map(FindCommand::type).collect(Collectors.toUnmodifiableSet()));
    Printer printer = new Printer();
    try (Repository open = new Opening(repository, terminal).open()) {
      List<MailkeepException> unusable = new ArrayList<>();
      List<Snapshot> snapshots = chosen(open.snapshots().list(unusable::add));
      unusable.forEach(printer::lost);
      try (HostState state = HostState.any(repository, open, terminal);
          ChunkReader reader = OpenSnapshot.reader(open, state, terminal)) {
        Find.run(reader, snapshots, settings, printer, cancellation);
      }
    }
    if (!printer.any && !output.quiet()) {
      terminal.note("mailkeep: nothing was found.");
    }
    return printer.incomplete ? ExitCode.INCOMPLETE : printer.any ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static FoundType type(String letter) {
    return switch (letter) {
      case "f" -> FoundType.FILE;
      case "d" -> FoundType.DIRECTORY;
      case "l" -> FoundType.SYMBOLIC_LINK;
      default ->
          throw new UsageException(
              "'" + letter + "' is no type of file",
              "Write f for regular files, d for directories, l for symbolic links.");
    };
  }

  /** The snapshots to look in, the oldest first. */
  private List<Snapshot> chosen(List<Snapshot> all) {
    List<Snapshot> these =
        all.stream()
            .filter(s -> host == null || s.manifest().host().equals(host))
            .filter(s -> tag == null || s.manifest().tags().contains(tag))
            .toList();
    if (these.isEmpty() && !all.isEmpty()) {
      throw new NotFoundException(
          "No snapshot is of that host and tag", "See what there is with 'mailkeep snapshots'.");
    }
    if (wanted.isEmpty()) {
      return these;
    }
    SnapshotQuery query = new SnapshotQuery(ZoneId.systemDefault());
    Set<Snapshot> named = new LinkedHashSet<>();
    wanted.forEach(text -> named.add(query.find(text, these)));
    return these.stream().filter(named::contains).toList();
  }

  private final class Printer implements FindObserver {
    private boolean any;
    private boolean incomplete;

    @Override
    public void found(FoundPath path) {
      any = true;
      FoundPath shown = newest ? new FoundPath(path.path(), List.of(path.newest())) : path;
      if (output.json()) {
        terminal.line(Json.of(json(shown)));
      } else {
        terminal.line(terminal.name(shown.path().text()));
        shown.versions().forEach(version -> terminal.line(text(version)));
      }
    }

    @Override
    public void damaged(RawPath directory, UnreadableException problem) {
      terminal.note("mailkeep: in " + directory + ": " + problem.getMessage());
      incomplete = true;
    }

    void lost(MailkeepException problem) {
      terminal.note("mailkeep: " + problem.getMessage());
      incomplete = true;
    }
  }

  private String text(FoundPath.Version version) {
    Entry entry = version.entry();
    StringBuilder line = new StringBuilder("  ");
    if (details) {
      line.append(ModeText.of(entry))
          .append(number(entry.metadata().uid()))
          .append(number(entry.metadata().gid()));
    }
    // A directory's size is that of what was below it, which is not what a version is.
    boolean hasSize = entry.body() instanceof Body.RegularFile;
    line.append(right(hasSize ? Long.toString(entry.size()) : "-", SIZE_WIDTH));
    line.append("  ").append(Units.time(mtime(entry))).append("  in ");
    line.append(snapshot(version.first()));
    if (version.snapshots() > 1) {
      line.append(" to ").append(snapshot(version.last()));
      line.append(", ").append(Units.count(version.snapshots(), "snapshot"));
    }
    if (entry.body() instanceof Body.SymbolicLink link) {
      line.append("  -> ").append(terminal.name(link.target().text()));
    }
    return line.toString();
  }

  private static String number(int owner) {
    return " " + right(Integer.toUnsignedString(owner), OWNER_WIDTH);
  }

  /** Many lines are printed, and a format takes ten times as long. */
  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private String snapshot(Snapshot snapshot) {
    return names.computeIfAbsent(
        snapshot.id(), id -> id.shortForm() + " (" + Units.time(snapshot.manifest().time()) + ")");
  }

  private static Instant mtime(Entry entry) {
    return Instant.ofEpochSecond(entry.metadata().mtimeSeconds(), entry.metadata().mtimeNanos());
  }

  private static Map<String, Object> json(FoundPath path) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("path", path.path());
    members.put("versions", path.versions().stream().map(FindCommand::json).toList());
    return members;
  }

  private static Map<String, Object> json(FoundPath.Version version) {
    Entry entry = version.entry();
    Metadata metadata = entry.metadata();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", ModeText.type(entry.body()));
    members.put("mode", String.format("%04o", metadata.mode()));
    members.put("uid", Integer.toUnsignedLong(metadata.uid()));
    members.put("gid", Integer.toUnsignedLong(metadata.gid()));
    if (entry.body() instanceof Body.RegularFile file) {
      members.put("size", file.size());
    }
    members.put("mtime", mtime(entry).toString());
    if (entry.body() instanceof Body.SymbolicLink link) {
      members.put("target", link.target().text());
    }
    members.put("snapshots", version.snapshots());
    members.put("first", json(version.first()));
    members.put("last", json(version.last()));
    return members;
  }

  private static Map<String, Object> json(Snapshot snapshot) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", snapshot.id().toString());
    members.put("time", snapshot.manifest().time().toString());
    return members;
  }
}
