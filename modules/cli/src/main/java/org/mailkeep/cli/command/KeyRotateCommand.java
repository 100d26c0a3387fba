package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.AlsoIn;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.Rewrapping;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Seals what comes to a new data key. */
@Command(
    name = "rotate",
    description = "Seal new data to a new data key. What is stored stays readable.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Use it when somebody who had the full key must not read what is stored from now",
      "on. He still reads what was stored until now: nothing is sealed anew. The slot",
      "that opened the repository gets the new key; so do those whose secrets you",
      "name. Other slots do not, for a slot can be made only with its secret: a",
      "person's opens old data only, and a mail host's goes on sealing to the old",
      "key. Give them new slots with 'key add', and remove the old ones.",
      "",
      "Example:",
      "  mailkeep key rotate --with-key-file /root/mx1.key --with-recipient office.pub"
    })
public final class KeyRotateCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final AlsoIn alsoIn = new AlsoIn();

  @Option(
      names = "--with-key-file",
      paramLabel = "FILE",
      description = "Renew the slots of this key file too; can be given several times.")
  private List<Path> keyFiles = new ArrayList<>();

  @Option(
      names = "--with-password-file",
      paramLabel = "FILE",
      description = "Renew the slots of the password in FILE too; several times.")
  private List<Path> passwordFiles = new ArrayList<>();

  @Option(
      names = "--with-recipient",
      paramLabel = "FILE",
      description = "Renew the slots of this public key too; several times.")
  private List<Path> recipients = new ArrayList<>();

  /** Prints to this terminal. */
  public KeyRotateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Opening.Opened opened = new Opening(repository, terminal).openWithKey();
    try (Repository open = opened.repository();
        AlsoIn.Rings rings = alsoIn.rings(repository, open)) {
      FullKeys keys = KeyCommand.full(opened.key().keys());
      List<KeySlot> slots = rings.first().list(_ -> {});
      Rewrapping rewrapping = new Rewrapping(open.config().id(), keys, slots);
      rewrapping.opened(opened.key());
      keyFiles.forEach(rewrapping::keyFile);
      passwordFiles.forEach(rewrapping::passwordFile);
      recipients.forEach(rewrapping::recipient);
      rings.change(rewrapping.coming(), rewrapping.leaving());
      List<KeySlot> left =
          slots.stream().filter(slot -> !rewrapping.leaving().contains(slot)).toList();
      tell(rewrapping, left);
    } finally {
      opened.key().wipe();
    }
    return ExitCode.DONE;
  }

  private void tell(Rewrapping rewrapping, List<KeySlot> left) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("dataKey", rewrapping.dataKey());
      members.put("added", ids(rewrapping.coming()));
      members.put("removed", ids(rewrapping.leaving()));
      members.put("notRenewed", ids(left));
      terminal.line(Json.of(members));
      return;
    }
    if (!output.quiet()) {
      terminal.line("New data is sealed to data key " + rewrapping.dataKey() + " from now on.");
      rewrapping.coming().forEach(s -> terminal.line("Renewed    " + KeyCommand.describe(s)));
      left.forEach(s -> terminal.line("NOT renewed " + KeyCommand.describe(s)));
      terminal.line("A paper key from before opens old data only: print a new one.");
    }
  }

  private static List<String> ids(List<KeySlot> slots) {
    return slots.stream().map(slot -> slot.id().toString()).toList();
  }
}
