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
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes a password. */
@Command(
    name = "passwd",
    description = "Change the password that opened the repository.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Writes a slot with the new password, then removes the one with the old. No data",
      "is written anew. Copies follow with the next 'mailkeep copy', or with --also-in.",
      "",
      "Example:",
      "  mailkeep key passwd --password-file old --new-password-file new"
    })
public final class KeyPasswdCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final NewSecretOptions secret = new NewSecretOptions();
  @Mixin private final AlsoIn alsoIn = new AlsoIn();

  /** Prints to this terminal. */
  public KeyPasswdCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Opening.Opened opened = new Opening(repository, terminal).openWithKey();
    opened.key().wipe();
    try (Repository open = opened.repository();
        AlsoIn.Rings rings = alsoIn.rings(repository, open)) {
      KeySlot old = opened.key().slot();
      if (old.kind() != SlotKind.PASSPHRASE) {
        throw new UsageException(
            "The repository was opened with a " + KeyCommand.kind(old.kind()) + ", not a password",
            "Give the old password; 'mailkeep key add' adds a first one.");
      }
      NewSlot content =
          new NewSlot(open.config().id(), opened.key().keys(), old.label(), Instant.now());
      KeySlot changed = secret.lockWithPassword(content);
      rings.change(List.of(changed), List.of(old));
      if (output.json()) {
        terminal.line(
            Json.of(Map.of("added", changed.id().toString(), "removed", old.id().toString())));
      } else if (!output.quiet()) {
        terminal.line("Changed the password; its slot is now " + KeyCommand.shortId(changed) + ".");
      }
    }
    return ExitCode.DONE;
  }
}
