package org.mailkeep.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySetKind;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The keys of a repository. */
@Command(
    name = "key",
    description = "List, add, change and remove what opens a repository.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A repository has one set of keys. Each slot holds it wrapped by a password, a",
      "key file or a recipient's public key. A writer's slot holds what a mail host",
      "needs to add snapshots, and nothing that reads them.",
      "",
      "Examples:",
      "  mailkeep key add --label 'Anna' --new-password-file /root/anna",
      "  mailkeep key add --writer --label mx1 --new-key-file /root/mx1.key",
      "  mailkeep key export --paper /root/key-to-print",
      "  mailkeep key list"
    })
public final class KeyCommand implements Callable<Integer> {

  private static final int SHORTEST = 4;
  private static final int SHOWN = 8;

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with those below it. */
  static CommandLine create(Terminal terminal) {
    return new CommandLine(new KeyCommand(terminal))
        .addSubcommand("list", new KeyListCommand(terminal))
        .addSubcommand("add", new KeyAddCommand(terminal))
        .addSubcommand("remove", new KeyRemoveCommand(terminal))
        .addSubcommand("passwd", new KeyPasswdCommand(terminal))
        .addSubcommand("rotate", new KeyRotateCommand(terminal))
        .addSubcommand("generate", new KeyGenerateCommand(terminal))
        .addSubcommand("export", new KeyExportCommand(terminal))
        .addSubcommand("import", new KeyImportCommand(terminal));
  }

  /** The beginning of a slot's id, by which people name it. */
  static String shortId(KeySlot slot) {
    return slot.id().toString().substring(0, SHOWN);
  }

  /** A slot in words. */
  static String describe(KeySlot slot) {
    String label = slot.label().isEmpty() ? "" : " '" + slot.label() + "'";
    return shortId(slot) + label + " (" + kind(slot.kind()) + ", " + holds(slot.holds()) + ")";
  }

  static String kind(SlotKind kind) {
    return switch (kind) {
      case PASSPHRASE -> "password";
      case KEY_FILE -> "key file";
      case RECIPIENT -> "recipient";
    };
  }

  static String holds(KeySetKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The slot whose id begins so. */
  static KeySlot find(String id, List<KeySlot> slots) {
    List<KeySlot> found =
        slots.stream().filter(slot -> slot.id().toString().startsWith(id)).toList();
    if (id.length() < SHORTEST || found.size() > 1) {
      throw new UsageException(
          "'" + id + "' is too short to name one key slot",
          "Give at least " + SHORTEST + " characters of its id; see 'mailkeep key list'.");
    }
    if (found.isEmpty()) {
      throw new NotFoundException("There is no key slot '" + id + "'", "See 'mailkeep key list'.");
    }
    return found.getFirst();
  }

  /** These keys, if they are full ones. */
  static FullKeys full(KeySet keys) {
    if (keys instanceof FullKeys full) {
      return full;
    }
    throw KeyException.fullKeyNeeded();
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
