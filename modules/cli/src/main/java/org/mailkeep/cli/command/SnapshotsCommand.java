package org.mailkeep.cli.command;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.KeySetKind;
import org.mailkeep.engine.forget.Retention;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists snapshots. */
@Command(
    name = "snapshots",
    description = "List the snapshots, the oldest first.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: mailkeep snapshots --host mx1 --json"})
public final class SnapshotsCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--host", paramLabel = "NAME", description = "Only those of this machine.")
  private @Nullable String host;

  @Option(names = "--tag", paramLabel = "WORD", description = "Only those with this word.")
  private @Nullable String tag;

  /** Prints to this terminal. */
  public SnapshotsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<MailkeepException> damaged = new ArrayList<>();
    List<Snapshot> snapshots;
    Retention noted;
    try (Repository open = new Opening(repository, terminal).open()) {
      if (open.keys().kind() == KeySetKind.WRITER) {
        new OwnSnapshotList(terminal, output).print(repository, open);
        return ExitCode.DONE;
      }
      snapshots =
          open.snapshots().list(damaged::add).stream()
              .filter(s -> host == null || s.manifest().host().equals(host))
              .filter(s -> tag == null || s.manifest().tags().contains(tag))
              .toList();
      noted = new Retention(snapshots, open.marks().list(damaged::add), ZoneId.systemDefault());
    }
    damaged.forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
    if (output.json()) {
      terminal.line(
          Json.of(Map.of("snapshots", snapshots.stream().map(s -> json(s, noted)).toList())));
    } else if (snapshots.isEmpty() && !output.quiet()) {
      terminal.note("No snapshots.");
    } else {
      table(snapshots, noted);
    }
    return damaged.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Map<String, Object> json(Snapshot snapshot, Retention noted) {
    Map<String, Object> members = SnapshotJson.of(snapshot);
    members.put("pinned", noted.isPinned(snapshot));
    if (snapshot.manifest().massChange().isPresent()) {
      members.put("massChangeAccepted", !noted.isUnaccepted(snapshot));
    }
    return members;
  }

  private void table(List<Snapshot> snapshots, Retention noted) {
    int host = snapshots.stream().mapToInt(s -> s.manifest().host().length()).max().orElse(4);
    String format = "%-8s  %-19s  %-" + Math.max(4, host) + "s  %11s  %10s  %10s  %s";
    terminal.line(String.format(format, "ID", "Time", "Host", "Files", "Size", "Added", "Paths"));
    for (Snapshot snapshot : snapshots) {
      Manifest manifest = snapshot.manifest();
      terminal.line(
          String.format(
              format,
              snapshot.id().shortForm(),
              Units.time(manifest.time()),
              manifest.host(),
              Units.count(manifest.root().files()),
              Units.size(manifest.root().size()),
              Units.size(manifest.counts().storedBytes()),
              paths(manifest) + notes(snapshot, noted)));
    }
  }

  private static String notes(Snapshot snapshot, Retention noted) {
    return (noted.isPinned(snapshot) ? "  (pinned)" : "")
        + (noted.isUnaccepted(snapshot) ? "  (MASS CHANGE, not accepted)" : "");
  }

  private String paths(Manifest manifest) {
    String paths =
        Stream.concat(
                manifest.profiles().stream().map(profile -> "profile " + profile.name()),
                manifest.sources().stream().map(path -> terminal.name(path.text())))
            .collect(Collectors.joining(", "));
    String tags = manifest.tags().isEmpty() ? "" : "  [" + String.join(", ", manifest.tags()) + "]";
    return paths + tags + (manifest.isIncomplete() ? "  (incomplete)" : "");
  }
}
