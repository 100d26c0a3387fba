package org.mailkeep.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.model.Units;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Builds this host's index anew. */
@Command(
    name = "rebuild-index",
    description = "Build this host's index of the repository anew.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The index on this host is made from the repository and can be deleted at any",
      "time; this does it on purpose. Packs that no index segment of the repository",
      "names are added to it. The message history is forgotten, with the headers of",
      "messages that no snapshot has any more; the next command that needs it reads",
      "it again.",
      "",
      "Example:",
      "  mailkeep rebuild-index"
    })
public final class RebuildIndexCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Prints to this terminal. */
  public RebuildIndexCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Repository open = new Opening(repository, terminal).open();
        HostState state = HostState.own(repository, open)) {
      LocalIndex index = open.index(state.database());
      IndexSync sync = open.sync(index);
      IndexSync.Outcome outcome = sync.rebuild();
      long unpublished = index.unpublishedIds().size();
      sync.publish();
      HistoryUpdate.forget(state.database());
      outcome.damaged().forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
      if (output.json()) {
        terminal.line(
            Json.of(
                Map.of(
                    "segments", index.segments().size(),
                    "recoveredPacks", unpublished,
                    "damaged", outcome.damaged().size())));
      } else if (!output.quiet()) {
        terminal.line(
            "Index built from "
                + Units.count(index.segments().size(), "segment")
                + (unpublished > 0
                    ? "; " + Units.count(unpublished, "pack") + " that none named added"
                    : ""));
      }
      return outcome.damaged().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }
}
