package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.account.AccountComparison;
import org.mailkeep.engine.account.AccountFinding;
import org.mailkeep.engine.account.QueueProgram;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a snapshot's accounts with this host. */
@Command(
    name = "check",
    description = "Compare a snapshot's users and groups with those of this host.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Compared are the owners of all files, and the users and groups of qmail and",
      "vpopmail. It also looks at this host's bin/qmail-queue: it must be setuid, and",
      "its owner must be the snapshot's qmailq, whose number qmail has compiled in.",
      "",
      "Exit code 0: all agree. 1: something is missing or has another number.",
      "",
      "Example: mailkeep accounts check latest"
    })
public final class AccountsCheckCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "SNAPSHOT", description = "Whose accounts.")
  private String what = "";

  @Option(
      names = "--qmail",
      paramLabel = "DIR",
      description = "Where qmail is on this host (default: /var/qmail).")
  private String qmail = "/var/qmail";

  /** Prints to this terminal. */
  public AccountsCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Snapshot snapshot = OpenSnapshot.find(repository, what, terminal);
    List<AccountFinding> findings =
        new AccountComparison(snapshot.manifest(), new Accounts()).all();
    QueueProgram queue = QueueProgram.in(RawPath.of(qmail), snapshot.manifest());
    long mismatches =
        findings.stream().filter(AccountFinding::isMismatch).count() + (queue.isMismatch() ? 1 : 0);
    if (output.json()) {
      terminal.line(Json.of(json(snapshot, findings, queue, mismatches)));
    } else {
      tell(snapshot, findings, queue, mismatches);
    }
    return mismatches == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void tell(
      Snapshot snapshot, List<AccountFinding> findings, QueueProgram queue, long mismatches) {
    int width =
        findings.stream().mapToInt(f -> name(f).length()).filter(n -> n <= 32).max().orElse(1);
    for (AccountFinding finding : findings) {
      String said = verdict(finding);
      if (!said.isEmpty() && !(output.quiet() && !finding.isMismatch())) {
        terminal.line(
            String.format(
                "%-5s  %-" + width + "s  %5s  %s",
                finding.kind().word(),
                name(finding),
                number(finding.number()),
                said));
      }
    }
    if (queue.isMismatch() || !output.quiet()) {
      terminal.line(queue.path() + " " + verdict(queue));
    }
    if (output.quiet()) {
      return;
    }
    long same = findings.stream().filter(f -> f.state() == AccountFinding.State.SAME).count();
    terminal.line(
        Units.count(same)
            + (same == 1 ? " account agrees" : " accounts agree")
            + " with snapshot "
            + snapshot.id().shortForm()
            + " of "
            + RawText.display(snapshot.manifest().host())
            + ", "
            + Units.count(mismatches)
            + (mismatches == 1 ? " thing does not" : " things do not"));
    advise(snapshot, findings);
  }

  private void advise(Snapshot snapshot, List<AccountFinding> findings) {
    if (findings.stream().anyMatch(f -> f.state() == AccountFinding.State.MISSING)) {
      terminal.line(
          "  To make what is missing: mailkeep accounts script "
              + snapshot.id().shortForm()
              + " > accounts.sh");
    }
    if (findings.stream().anyMatch(AccountFinding::isConflict)) {
      terminal.line(
          "  To restore in spite of other numbers: mailkeep restore --by-name, or --map-uid A=B");
    }
  }

  private static String name(AccountFinding finding) {
    return finding.name().isEmpty() ? "(no name)" : RawText.display(finding.name());
  }

  /** What there is to say; nothing where all is as it should be. */
  private static String verdict(AccountFinding finding) {
    String nameHere = RawText.display(finding.nameHere().orElse(""));
    String elsewhere = finding.nameHere().isPresent() ? ", where this is " + nameHere : "";
    String said =
        switch (finding.state()) {
          case SAME -> "";
          case MISSING -> "is missing here";
          case OTHER_NUMBER -> "is " + number(finding.numberHere().orElse(0)) + " here" + elsewhere;
          case TAKEN -> "is missing here, and the number is " + nameHere;
          case UNNAMED -> finding.nameHere().isPresent() ? "is " + nameHere + " here" : "";
        };
    String remarks = RawText.display(String.join("; ", finding.remarks()));
    return said + (said.isEmpty() || remarks.isEmpty() ? "" : "; ") + remarks;
  }

  private static String verdict(QueueProgram queue) {
    String owner = queue.found().map(stat -> number(stat.uid())).orElse("");
    String expected = queue.expected().isPresent() ? number(queue.expected().getAsInt()) : "";
    return switch (queue.state()) {
      case ABSENT -> "is not here: no qmail, or name its directory with --qmail";
      case SOUND -> "is setuid and owned by " + owner + ", the snapshot's qmailq";
      case NOT_COMPARED -> "is setuid and owned by " + owner + "; the snapshot has no qmailq";
      case NO_FILE -> "is not a regular file: look at the program behind it";
      case OTHER_OWNER ->
          "is owned by "
              + owner
              + ", and the snapshot's qmailq is "
              + expected
              + ": this qmail was built for other numbers, or they were changed";
      case NOT_SETUID -> "is not setuid: mail cannot be queued (chmod 4711)";
    };
  }

  private static Map<String, Object> json(
      Snapshot snapshot, List<AccountFinding> findings, QueueProgram queue, long mismatches) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", snapshot.id().toString());
    members.put("host", snapshot.manifest().host());
    members.put("accounts", findings.stream().map(AccountsCheckCommand::json).toList());
    Map<String, Object> program = new LinkedHashMap<>();
    program.put("path", queue.path());
    program.put("state", word(queue.state()));
    queue.found().ifPresent(stat -> program.put("owner", Integer.toUnsignedLong(stat.uid())));
    queue.expected().ifPresent(uid -> program.put("qmailq", Integer.toUnsignedLong(uid)));
    members.put("qmailQueue", program);
    members.put("mismatches", mismatches);
    return members;
  }

  private static Map<String, Object> json(AccountFinding finding) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", finding.kind().word());
    members.put("name", finding.name());
    members.put("number", Integer.toUnsignedLong(finding.number()));
    members.put("state", word(finding.state()));
    finding
        .numberHere()
        .ifPresent(number -> members.put("numberHere", Integer.toUnsignedLong(number)));
    finding.nameHere().ifPresent(name -> members.put("nameHere", name));
    members.put("remarks", finding.remarks());
    return members;
  }

  /** SOME_STATE as some-state. */
  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(int id) {
    return Integer.toUnsignedString(id);
  }
}
