package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.queue.QueueCheck;
import org.mailkeep.engine.queue.QueueFinding;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.unix.Accounts;
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
    RawPath queue = QueueCommand.absolute(directory);
    tell(QueueCheck.check(queue, new Accounts(), this::tell));
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

  private void tell(QueueCheck.Sum sum) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("messages", sum.messages());
      members.put("split", sum.split());
      members.put("bigTodo", sum.bigTodo());
      members.put("findings", findings);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.line(
          Units.count(sum.messages(), "message")
              + " in a queue split into "
              + sum.split()
              + (sum.bigTodo() ? ", with big-todo" : "")
              + "; "
              + (findings == 0 ? "nothing is wrong" : Units.count(findings, "thing") + " wrong"));
    }
  }
}
