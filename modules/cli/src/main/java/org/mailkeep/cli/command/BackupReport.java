package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.CommandOutput;
import org.mailkeep.engine.profile.Profile;
import org.mailkeep.engine.profile.ProfileChoice;
import org.mailkeep.engine.profile.ProfileSearch.Found;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;

/** Tells what a backup takes, and what it did. */
record BackupReport(Terminal terminal, OutputOptions output, boolean dryRun, boolean verbose) {

  private static final int PATHS_SHOWN = 6;

  /** What the profiles found. */
  void tell(ProfileChoice choice) {
    if (output.json() || output.quiet()) {
      return;
    }
    choice.found().forEach(this::tell);
    if (!choice.absent().isEmpty()) {
      terminal.line(
          "Nothing here for: "
              + choice.absent().stream().map(Profile::name).collect(Collectors.joining(", ")));
    }
  }

  /** In a dry run, which commands were not run. */
  void tellNotRun(List<CommandOutput> commands) {
    if (dryRun && !commands.isEmpty() && !output.json() && !output.quiet()) {
      terminal.line(
          "Not run in a dry run: "
              + commands.stream().map(CommandOutput::name).collect(Collectors.joining(", ")));
    }
  }

  private void tell(Profile profile, List<Found> parts) {
    if (verbose) {
      terminal.line("Profile " + profile.name() + " (" + profile.description() + ")");
      for (Found part : parts) {
        part.paths().forEach(path -> terminal.line("  " + path + ": " + part.part().why()));
      }
      return;
    }
    List<RawPath> paths =
        parts.stream().flatMap(part -> part.paths().stream()).distinct().sorted().toList();
    String shown =
        paths.stream().limit(PATHS_SHOWN).map(RawPath::toString).collect(Collectors.joining(", "));
    int more = paths.size() - PATHS_SHOWN;
    terminal.line(
        "Profile "
            + profile.name()
            + ": "
            + shown
            + (more > 0 ? " and " + Units.count(more) + " more (-v names each)" : ""));
  }

  /** What it did. */
  void tell(Backup.Report report, Duration time) {
    Manifest manifest = report.manifest();
    Manifest.Counts counts = manifest.counts();
    manifest.massChange().ifPresent(change -> warn(change, report.snapshot()));
    if (output.json()) {
      terminal.line(Json.of(json(report, time)));
      return;
    }
    if (output.quiet()) {
      return;
    }
    terminal.line(
        Units.count(manifest.root().files(), "file")
            + " ("
            + Units.size(manifest.root().size())
            + "): "
            + Units.count(counts.newFiles())
            + " new, "
            + Units.count(counts.changedFiles())
            + " changed, "
            + Units.count(counts.unchangedFiles())
            + " unchanged"
            + (report.fullScan() ? "" : " (unchanged message folders not listed)"));
    long leftOut = manifest.leftOut().stream().mapToLong(Manifest.LeftOut::count).sum();
    if (leftOut > 0) {
      terminal.line("Left out: " + Units.count(leftOut) + (verbose ? "" : " (-v names each)"));
    }
    if (dryRun) {
      terminal.line("Would read " + Units.size(counts.addedBytes()) + "; nothing was stored.");
      return;
    }
    terminal.line(
        "New content "
            + Units.size(counts.addedBytes())
            + ", added to the repository "
            + Units.size(report.storedBytes()));
    if (manifest.isIncomplete()) {
      terminal.line(
          Units.count(manifest.unreadable().count(), "file")
              + " could not be read; the snapshot is without them");
    }
    String name =
        report
            .snapshot()
            .map(snapshot -> "Snapshot " + snapshot.id().shortForm() + " of ")
            .orElse("Nothing has changed; no snapshot of ");
    terminal.line(name + Units.time(manifest.time()) + ", in " + Units.duration(time));
  }

  private void warn(Manifest.MassChange change, Optional<Snapshot> snapshot) {
    terminal.note("mailkeep: much has vanished or changed: " + SnapshotJson.text(change));
    snapshot.ifPresent(
        made ->
            terminal.note(
                "  See that nothing is missing. Snapshots before "
                    + made.id().shortForm()
                    + " are kept until 'mailkeep forget --accept "
                    + made.id().shortForm()
                    + "'."));
  }

  private Map<String, Object> json(Backup.Report report, Duration time) {
    Manifest manifest = report.manifest();
    Map<String, Object> members = new LinkedHashMap<>();
    report.snapshot().ifPresent(snapshot -> members.put("snapshot", snapshot.id().toString()));
    members.put("time", manifest.time().toString());
    members.put("dryRun", dryRun);
    members.put("fullScan", report.fullScan());
    members.put("files", manifest.root().files());
    members.put("bytes", manifest.root().size());
    members.put("newFiles", manifest.counts().newFiles());
    members.put("changedFiles", manifest.counts().changedFiles());
    members.put("unchangedFiles", manifest.counts().unchangedFiles());
    members.put("newBytes", manifest.counts().addedBytes());
    members.put("storedBytes", report.storedBytes());
    members.put("unreadableFiles", manifest.unreadable().count());
    members.put("unreadable", SnapshotJson.failures(manifest));
    members.put("leftOut", SnapshotJson.leftOut(manifest));
    manifest.massChange().ifPresent(c -> members.put("massChange", SnapshotJson.massChange(c)));
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }
}
