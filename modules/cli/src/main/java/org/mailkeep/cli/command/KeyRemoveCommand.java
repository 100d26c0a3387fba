package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.AlsoIn;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes key slots. */
@Command(
    name = "remove",
    description = "Remove key slots. The last one with full keys stays.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The secret of a slot that is gone opens the repository no more. It takes no",
      "keys away from who has opened the slot before, or has a copy of it: he reads",
      "what was stored until now. 'mailkeep key rotate' keeps new data from him.",
      "",
      "Example:",
      "  mailkeep key remove 3f9a12c4"
    })
public final class KeyRemoveCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final AlsoIn alsoIn = new AlsoIn();

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Beginnings of slots' ids.")
  private List<String> ids = new ArrayList<>();

  /** Prints to this terminal. */
  public KeyRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Repository open = new Opening(repository, terminal).open();
        AlsoIn.Rings rings = alsoIn.rings(repository, open)) {
      FullKeys _ = KeyCommand.full(open.keys());
      List<KeySlot> slots = open.slots().list(_ -> {});
      List<KeySlot> leaving =
          ids.stream().map(id -> KeyCommand.find(id, slots)).distinct().toList();
      rings.change(List.of(), leaving);
      if (output.json()) {
        terminal.line(
            Json.of(Map.of("removed", leaving.stream().map(s -> s.id().toString()).toList())));
      } else if (!output.quiet()) {
        leaving.forEach(s -> terminal.line("Removed key slot " + KeyCommand.describe(s) + "."));
      }
    }
    return ExitCode.DONE;
  }
}
