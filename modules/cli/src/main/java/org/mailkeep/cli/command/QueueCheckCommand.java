package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.queue.QueueCheck;
import org.mailkeep.engine.queue.QueueFinding;
import org.mailkeep.engine.queue.QueueOwners;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Accounts;
import org.mailkeep.unix.Directory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what is wrong with a queue. */
@Command(
    name = "check",
    description = "Say what is wrong with a qmail queue; change nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Looks for wrong owners and modes, messages whose names are not their inode",
      "numbers, files in the wrong split folder, parts without a message, messages in",
      "a state that qmail never leaves behind. While qmail-send runs, what moves",
      "meanwhile may be named too: for a sure answer stop it first.",
      "",
      "With --json one object a finding, and one with the sum.",
      "Exit code 0: nothing is wrong. 1: something is.",
      "",
      "Example: mailkeep queue check /var/qmail/queue"
    })
public final class QueueCheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final OutputOptions output = new OutputOptions();
  private long findings;

  @Parameters(paramLabel = "DIR", description = "The queue, usually /var/qmail/queue.")
  private String directory = "";

  /** Prints to this terminal. */
  public QueueCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RawPath path = QueueCommand.absolute(directory);
    QueueOwners owners = QueueOwners.of(new Accounts());
    try (Directory queue = Directory.open(path)) {
      QueueLayout layout = QueueCheck.layoutOf(queue);
      long messages = new QueueCheck(queue, layout, owners, this::tell).run();
      sum(layout, messages);
    }
    return findings == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void tell(QueueFinding finding) {
    findings++;
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("finding", finding.kind().word());
      members.put("path", finding.path());
      members.put("detail", finding.detail());
      terminal.line(Json.of(members));
    } else {
      terminal.line(
          String.format("%-12s  %s: %s", finding.kind().word(), finding.path(), finding.detail()));
    }
  }

  private void sum(QueueLayout layout, long messages) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("messages", messages);
      members.put("split", layout.split());
      members.put("bigTodo", layout.bigTodo());
      members.put("findings", findings);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.line(
          Units.count(messages, "message")
              + " in a queue split into "
              + layout.split()
              + (layout.bigTodo() ? ", with big-todo" : "")
              + "; "
              + (findings == 0 ? "nothing is wrong" : Units.count(findings, "thing") + " wrong"));
    }
  }
}
