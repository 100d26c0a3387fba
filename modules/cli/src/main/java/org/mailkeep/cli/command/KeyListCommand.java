package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists key slots. */
@Command(
    name = "list",
    description = "List the key slots, the oldest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An asterisk marks the slot that opened the repository. 'Data keys 1 of 2'",
      "means: from before 'key rotate', it opens only what was stored until then.",
      "",
      "Example:",
      "  mailkeep key list --json"
    })
public final class KeyListCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Prints to this terminal. */
  public KeyListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Opening.Opened opened = new Opening(repository, terminal).openWithKey();
    opened.key().wipe();
    List<MailkeepException> damaged = new ArrayList<>();
    List<KeySlot> slots;
    List<KeySlot> forged;
    try (Repository open = opened.repository()) {
      // What cannot be read was told when the repository was opened.
      slots = open.slots().list(damaged::add);
      forged = slots.stream().filter(slot -> !slot.isAuthentic(open.keys())).toList();
    }
    int newest =
        slots.stream().filter(s -> !forged.contains(s)).mapToInt(KeySlot::dataKeys).max().orElse(1);
    for (KeySlot slot : forged) {
      terminal.note(
          "mailkeep: "
              + slot.objectName()
              + " was not made by a holder of the keys; do not rely on it");
    }
    String current = opened.key().slot().objectName();
    if (output.json()) {
      terminal.line(
          Json.of(
              Map.of("slots", slots.stream().map(slot -> json(slot, current, forged)).toList())));
    } else {
      slots.forEach(slot -> row(slot, slot.objectName().equals(current), newest));
    }
    return damaged.isEmpty() && forged.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void row(KeySlot slot, boolean current, int newest) {
    String keys =
        slot.dataKeys() == newest ? "" : "  data keys " + slot.dataKeys() + " of " + newest;
    terminal.line(
        String.format(
                "%s %s  %-9s  %-6s  %s  %s%s",
                current ? "*" : " ",
                KeyCommand.shortId(slot),
                KeyCommand.kind(slot.kind()),
                KeyCommand.holds(slot.holds()),
                Units.time(slot.created()),
                RawText.display(slot.label()),
                keys)
            .stripTrailing());
  }

  private static Map<String, Object> json(KeySlot slot, String current, List<KeySlot> forged) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", slot.id().toString());
    members.put("kind", KeyCommand.kind(slot.kind()));
    members.put("keys", KeyCommand.holds(slot.holds()));
    members.put("dataKeys", slot.dataKeys());
    members.put("created", slot.created().toString());
    members.put("label", slot.label());
    members.put("current", slot.objectName().equals(current));
    members.put("authentic", !forged.contains(slot));
    return members;
  }
}
