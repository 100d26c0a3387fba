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
import org.mailkeep.engine.queue.QueueFix;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.unix.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a queue right. */
@Command(
    name = "fix",
    description = "Put a qmail queue right that was copied, restored or damaged.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "As root, with qmail-send stopped and nothing that brings in mail. Gives every",
      "message and its parts the number of its inode, the right folder, owner and",
      "mode, and prints old and new number, so that logs can still be followed. No",
      "message is deleted. Cut off at any step, run it again before you start qmail.",
      "",
      "Exit code 0: nothing is wrong any more. 1: what is left is named.",
      "",
      "Examples:",
      "  mailkeep queue fix --dry-run /var/qmail/queue",
      "  mailkeep queue fix /var/qmail/queue | tee renumbered.txt"
    })
public final class QueueFixCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final OutputOptions output = new OutputOptions();
  private long changes;
  private long left;

  @Parameters(paramLabel = "DIR", description = "The queue, usually /var/qmail/queue.")
  private String directory = "";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be done.")
  private boolean dryRun;

  @Option(
      names = "--remove-orphans",
      description = "Delete what belongs to no message (senders and recipients alone).")
  private boolean removeOrphans;

  /** Prints to this terminal. */
  public QueueFixCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RawPath queue = QueueCommand.absolute(directory);
    Accounts host = new Accounts();
    QueueFix.fix(queue, host, removeOrphans, dryRun, new Told());
    if (dryRun) {
      Map<String, Object> planned = new LinkedHashMap<>();
      planned.put("changes", changes);
      planned.put("dryRun", true);
      tell(planned);
      say(Units.count(changes, "change") + " would be made; nothing was changed");
      return ExitCode.DONE;
    }
    QueueCheck.Sum sum = QueueCheck.check(queue, host, this::tellLeft);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("changes", changes);
    members.put("dryRun", false);
    members.put("messages", sum.messages());
    members.put("left", left);
    tell(members);
    say(
        Units.count(changes, "change")
            + " made, "
            + Units.count(sum.messages(), "message")
            + "; "
            + (left == 0 ? "nothing is wrong" : Units.count(left, "thing") + " still wrong"));
    return left == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void tellLeft(QueueFinding finding) {
    left++;
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("left", finding.kind().word());
    members.put("path", finding.path());
    members.put("detail", finding.detail());
    tell(members);
    if (!output.json()) {
      terminal.line(
          "left: " + finding.kind().word() + "  " + finding.path() + ": " + finding.detail());
    }
  }

  /** An object a line, where that was asked for. */
  private void tell(Map<String, Object> members) {
    if (output.json()) {
      terminal.line(Json.of(members));
    }
  }

  /** What only a person wants to know. */
  private void say(String text) {
    if (!output.json() && !output.quiet()) {
      terminal.line(text);
    }
  }

  /** Prints each change as it is made. */
  private final class Told implements QueueFix.Observer {
    @Override
    public void renumbered(long from, long to) {
      changes++;
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("renumbered", Long.toUnsignedString(from));
      members.put("to", Long.toUnsignedString(to));
      tell(members);
      if (!output.json()) {
        terminal.line(
            "message " + Long.toUnsignedString(from) + " -> " + Long.toUnsignedString(to));
      }
    }

    @Override
    public void changed(RawPath path, String what) {
      changes++;
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("path", path);
      members.put("changed", what);
      tell(members);
      if (!output.json()) {
        terminal.line(path + ": " + what);
      }
    }
  }
}
