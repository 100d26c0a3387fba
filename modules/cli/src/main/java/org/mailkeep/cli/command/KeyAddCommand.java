package org.mailkeep.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.AlsoIn;
import org.mailkeep.cli.options.NewSecretOptions;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a key slot. */
@Command(
    name = "add",
    description = "Add a key slot, for another person or host.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "--writer makes a slot for a mail host: it backs up and deduplicates, and can",
      "read nothing. Put its key file on the mail host and keep the full key away.",
      "",
      "Examples:",
      "  mailkeep key add --label Anna --new-password-file /root/anna",
      "  mailkeep key add --writer --label mx1 --new-key-file /root/mx1.key",
      "  mailkeep key add --label office --recipient office.pub"
    })
public final class KeyAddCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final NewSecretOptions secret = new NewSecretOptions();
  @Mixin private final AlsoIn alsoIn = new AlsoIn();

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "What the list calls it; can be read without a key.")
  private String label = "";

  @Option(names = "--writer", description = "A slot that adds snapshots and cannot read any.")
  private boolean writer;

  /** Prints to this terminal. */
  public KeyAddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Repository open = new Opening(repository, terminal).open();
        AlsoIn.Rings rings = alsoIn.rings(repository, open)) {
      KeySet keys = writer ? open.keys().writer() : KeyCommand.full(open.keys());
      KeySlot slot = secret.lock(new NewSlot(open.config().id(), keys, label, Instant.now()));
      rings.change(List.of(slot), List.of());
      if (output.json()) {
        terminal.line(Json.of(Map.of("added", slot.id().toString())));
      } else if (!output.quiet()) {
        terminal.line("Added key slot " + KeyCommand.describe(slot) + ".");
      }
    }
    return ExitCode.DONE;
  }
}
