package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.account.AccountScript;
import org.mailkeep.engine.account.TargetSystem;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a script that makes a snapshot's accounts. */
@Command(
    name = "script",
    description = "Print a shell script that makes a snapshot's users and groups.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The script is for /bin/sh and is run as root. It makes what is missing, with",
      "the snapshot's numbers, homes and shells; it makes no home directory, sets no",
      "password, and leaves what is there as it is. So it can be run again. It ends",
      "with 1 where an account is there with another number. Read it before you run it.",
      "",
      "Examples:",
      "  mailkeep accounts script latest > accounts.sh && sh accounts.sh",
      "  mailkeep accounts script latest > accounts.sh && sh accounts.sh /mnt",
      "  mailkeep accounts script latest --system freebsd > accounts.sh"
    })
public final class AccountsScriptCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();

  @Parameters(paramLabel = "SNAPSHOT", description = "Whose accounts.")
  private String what = "";

  @Option(
      names = "--system",
      paramLabel = "linux|freebsd",
      description = "For useradd and groupadd of Linux (default), or for pw of FreeBSD.")
  private TargetSystem system = TargetSystem.LINUX;

  /** Prints to this terminal. */
  public AccountsScriptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Snapshot snapshot = OpenSnapshot.find(repository, what, terminal);
    String title =
        "Users and groups of Mailkeep's snapshot "
            + snapshot.id().shortForm()
            + " ("
            + snapshot.manifest().host()
            + ", "
            + Units.time(snapshot.manifest().time())
            + ").";
    byte[] script = RawText.encode(AccountScript.of(snapshot.manifest(), system, title));
    terminal.bytes(script, 0, script.length);
    return ExitCode.DONE;
  }
}
