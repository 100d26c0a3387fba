package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.RepositoryStatistics;
import org.mailkeep.model.Units;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a repository holds and what it costs. */
@Command(
    name = "stats",
    description = "Show what the repository holds, and what compression and deduplication save.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: mailkeep stats"})
public final class StatsCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Prints to this terminal. */
  public StatsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Repository open = new Opening(repository, terminal).open()) {
      RepositoryStatistics statistics = RepositoryStatistics.of(open);
      if (output.json()) {
        terminal.line(Json.of(json(statistics)));
      } else {
        tell(statistics);
      }
    }
    return ExitCode.DONE;
  }

  private void tell(RepositoryStatistics statistics) {
    row("Snapshots", Units.count(statistics.snapshots()));
    row("Files in all snapshots", Units.count(statistics.files()));
    row("Their size", Units.size(statistics.bytes()));
    row("Different content", Units.size(statistics.chunkBytes()));
    row("Stored in packs", Units.size(statistics.packBytes()));
    row("Index", Units.size(statistics.indexBytes()));
    row("All of the repository", Units.size(statistics.totalBytes()));
    terminal.line("");
    terminal.line(
        String.format("%-10s %12s %12s %12s %7s", "Kind", "Chunks", "Content", "Stored", "Ratio"));
    statistics
        .kinds()
        .forEach(
            (kind, use) ->
                terminal.line(
                    String.format(
                        "%-10s %12s %12s %12s %7.2f",
                        kind,
                        Units.count(use.chunks()),
                        Units.size(use.bytes()),
                        Units.size(use.stored()),
                        use.stored() == 0 ? 0.0 : (double) use.bytes() / use.stored())));
  }

  private void row(String name, String value) {
    terminal.line(String.format("%-24s %12s", name, value));
  }

  private static Map<String, Object> json(RepositoryStatistics statistics) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshots", statistics.snapshots());
    members.put("files", statistics.files());
    members.put("bytes", statistics.bytes());
    members.put("chunkBytes", statistics.chunkBytes());
    members.put("packs", statistics.packs());
    members.put("packBytes", statistics.packBytes());
    members.put("indexBytes", statistics.indexBytes());
    members.put("totalBytes", statistics.totalBytes());
    Map<String, Object> kinds = new LinkedHashMap<>();
    statistics
        .kinds()
        .forEach(
            (kind, use) ->
                kinds.put(
                    kind,
                    Map.of("chunks", use.chunks(), "bytes", use.bytes(), "stored", use.stored())));
    members.put("kinds", kinds);
    return members;
  }
}
