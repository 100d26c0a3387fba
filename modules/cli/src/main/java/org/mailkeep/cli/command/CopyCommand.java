package org.mailkeep.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.ByteRate;
import org.mailkeep.cli.options.CopyTargets;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.options.WorkOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.copy.Copy;
import org.mailkeep.engine.copy.CopyObserver;
import org.mailkeep.engine.copy.CopyRecord;
import org.mailkeep.engine.copy.CopyRecords;
import org.mailkeep.engine.copy.CopyReport;
import org.mailkeep.engine.copy.CopySettings;
import org.mailkeep.engine.copy.SlotCarrying;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import org.mailkeep.storage.LimitedStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.location.StorageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies snapshots to other repositories. */
@Command(
    name = "copy",
    description = "Copy snapshots to a second repository: what it does not have yet.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Needs the full key. A copy that --init made has the same keys: objects go there",
      "as they are, and changes of key slots go along. To a repository with keys of",
      "its own everything is sealed anew. A copy that was cut off is completed by the",
      "next one. 'mailkeep status' says how old copies are.",
      "",
      "What --sftp-… and --s3-… say holds for the targets too, but where --to-sftp-…",
      "and --to-s3-… say something else.",
      "",
      "Examples:",
      "  mailkeep copy --init --to /mnt/usb/mail",
      "  mailkeep copy --to /mnt/usb/mail --to /net/backup --verify",
      "  mailkeep copy --to /mnt/usb/mail latest"
    })
public final class CopyCommand implements Callable<Integer> {

  private static final String ALL = "all";

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final WorkOptions work = new WorkOptions();
  @Mixin private final CopyTargets targets = new CopyTargets();

  @Option(
      names = "--verify",
      description = "Read back everything that is written, and write again what is wrong.")
  private boolean verify;

  @Option(
      names = "--limit-upload",
      paramLabel = "RATE",
      converter = ByteRate.Converter.class,
      description = "Write at most RATE bytes a second to each copy, such as 500K or 2M.")
  private @Nullable ByteRate uploadLimit;

  @Parameters(
      paramLabel = "SNAPSHOT",
      arity = "0..*",
      description = "Which: 'latest', the beginning of an id, @TIME, or 'all' (the default).")
  private List<String> names = new ArrayList<>();

  /** Stops when asked to. */
  public CopyCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    List<StorageLocation> places = targets.locations(repository);
    int threads = CopySettings.threads(work.parallelism().readers());
    work.giveWay(terminal);
    List<Map<String, Object>> results = new ArrayList<>();
    boolean failed = false;
    try (Repository source = new Opening(repository, terminal).open();
        HostState state = HostState.ofCopy(repository, source, "source")) {
      KeyCommand.full(source.keys());
      List<MailkeepException> damaged = new ArrayList<>();
      List<Snapshot> all = source.snapshots().list(damaged::add);
      damaged.forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
      failed = !damaged.isEmpty();
      List<Snapshot> wanted = wanted(all);
      CopySettings settings = new CopySettings(verify, threads, cancellation);
      for (StorageLocation place : places) {
        Instant start = Instant.now();
        try {
          CopyReport report = copy(source, state, place, all, wanted, settings);
          failed |= !report.failed().isEmpty();
          tell(place, report, Duration.between(start, Instant.now()), results);
        } catch (MailkeepException e) {
          // The other copies shall not wait until this one works again.
          failed = true;
          String problem = String.valueOf(e.getMessage());
          terminal.note(
              "mailkeep: " + (problem.contains(place.toString()) ? "" : place + ": ") + problem);
          if (!e.advice().isEmpty()) {
            terminal.note("  " + e.advice());
          }
          results.add(Map.of("place", place.toString(), "error", String.valueOf(e.getMessage())));
        }
      }
    }
    if (output.json()) {
      terminal.line(Json.of(Map.of("copies", results)));
    }
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }

  private List<Snapshot> wanted(List<Snapshot> all) {
    if (names.isEmpty() || names.contains(ALL)) {
      return all;
    }
    SnapshotQuery query = new SnapshotQuery(ZoneId.systemDefault());
    Set<Snapshot> wanted = new LinkedHashSet<>();
    names.forEach(name -> wanted.add(query.find(name, all)));
    return List.copyOf(wanted);
  }

  private CopyReport copy(
      Repository source,
      HostState sourceState,
      StorageLocation place,
      List<Snapshot> all,
      List<Snapshot> wanted,
      CopySettings settings) {
    try (Repository target = targets.open(place, source, this::limit, terminal);
        HostState state =
            HostState.ofCopy(
                repository, source, CopyRecords.fileName(place + " " + target.config().id()));
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      Watch watch = new Watch(progress);
      if (target.config().id().equals(source.config().id())) {
        SlotCarrying.Outcome slots = new SlotCarrying(source, target, watch).carry();
        if (!output.quiet()) {
          slots.added().forEach(s -> terminal.note("Key slot added: " + KeyCommand.describe(s)));
          slots
              .removed()
              .forEach(s -> terminal.note("Key slot removed: " + KeyCommand.describe(s)));
        }
      }
      Copy copy = new Copy(source, sourceState.database(), settings, watch);
      CopyReport report = copy.run(wanted, target, state.database());
      progress.end();
      new CopyRecords(HostState.copies(repository, source), source.keys())
          .save(record(place, target, all, report));
      return report;
    }
  }

  private static CopyRecord record(
      StorageLocation place, Repository target, List<Snapshot> all, CopyReport report) {
    List<Snapshot> there;
    if (report.resealed()) {
      Set<Instant> times = new HashSet<>();
      target.snapshots().list(_ -> {}).forEach(s -> times.add(s.manifest().finished()));
      there = all.stream().filter(s -> times.contains(s.manifest().finished())).toList();
    } else {
      var ids = new HashSet<>(target.snapshots().ids());
      there = all.stream().filter(s -> ids.contains(s.id())).toList();
    }
    Map<SourceName, Instant> newest = new TreeMap<>();
    there.forEach(
        s ->
            newest.merge(
                SourceName.of(s.manifest()), s.manifest().time(), (a, b) -> a.isAfter(b) ? a : b));
    return new CopyRecord(place.toString(), TimeSource.clock().instant(), there.size(), newest);
  }

  private Storage limit(Storage storage) {
    return uploadLimit == null
        ? storage
        : new LimitedStorage(storage, uploadLimit.bytesPerSecond());
  }

  private void tell(
      StorageLocation place, CopyReport report, Duration time, List<Map<String, Object>> results) {
    for (CopyReport.Failed failed : report.failed()) {
      terminal.note(
          "mailkeep: snapshot "
              + failed.snapshot().id().shortForm()
              + " cannot be copied: "
              + failed.reason().getMessage());
    }
    results.add(json(place, report, time));
    if (output.json() || output.quiet()) {
      return;
    }
    String failed =
        report.failed().isEmpty() ? "" : ", " + report.failed().size() + " could not be copied";
    terminal.line(
        place
            + ": "
            + Units.count(report.copied().size(), "snapshot")
            + (report.resealed() ? " copied and sealed anew" : " copied")
            + (verify ? " and verified" : "")
            + ", "
            + Units.count(report.present())
            + " there before"
            + failed
            + "; "
            + Units.size(report.storedBytes())
            + " written in "
            + Units.duration(time));
  }

  private static Map<String, Object> json(StorageLocation place, CopyReport report, Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("place", place.toString());
    members.put("copied", report.copied().stream().map(s -> s.id().toString()).toList());
    members.put("present", report.present());
    members.put("failed", report.failed().stream().map(f -> f.snapshot().id().toString()).toList());
    members.put("resealed", report.resealed());
    members.put("bytes", report.storedBytes());
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  /** Passes on what the copy tells. */
  private final class Watch implements CopyObserver {
    private final Progress progress;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void snapshot(Snapshot snapshot) {
      progress.current(
          snapshot.id().shortForm()
              + " "
              + Units.time(snapshot.manifest().time())
              + " "
              + snapshot.manifest().host());
    }

    @Override
    public void stored(long bytes) {
      progress.done(1, bytes);
    }

    @Override
    public void warning(String text) {
      terminal.note("mailkeep: " + text);
    }
  }
}
