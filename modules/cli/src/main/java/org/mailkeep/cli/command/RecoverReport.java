package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.mailbox.Mailbox;
import org.mailkeep.engine.recover.MissingMessage;
import org.mailkeep.engine.recover.Recover;
import org.mailkeep.engine.recover.RecoverObserver;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;

/** Tells what a recovery finds, message by message, and what it did. */
final class RecoverReport implements RecoverObserver {

  private static final int SENDER_WIDTH = 30;

  private final Terminal terminal;
  private final OutputOptions output;
  private final Progress progress;
  private final HeaderReading headers;
  private final Snapshot snapshot;
  private final boolean dryRun;
  private final boolean listed;

  /**
   * @param headers reads what is listed
   * @param listed whether to list messages where it is no dry run
   */
  RecoverReport(
      Terminal terminal,
      OutputOptions output,
      Progress progress,
      HeaderReading headers,
      Snapshot snapshot,
      boolean dryRun,
      boolean listed) {
    this.terminal = terminal;
    this.output = output;
    this.progress = progress;
    this.headers = headers;
    this.snapshot = snapshot;
    this.dryRun = dryRun;
    this.listed = listed || dryRun;
  }

  @Override
  public void planned(long messages) {
    progress.total(messages, 0);
  }

  @Override
  public void missing(MissingMessage message) {
    if (listed && !output.quiet()) {
      MissingMessage.Summary summary = message.summary(headers);
      terminal.line(output.json() ? Json.of(json(message, summary)) : line(message, summary));
    }
    progress.done(1, message.size());
  }

  private String line(MissingMessage message, MissingMessage.Summary summary) {
    String sender = summary.from().isEmpty() ? "(no sender)" : summary.from();
    String subject = summary.subject().isEmpty() ? "(no subject)" : summary.subject();
    String folder =
        message.folder().equals(message.target())
            ? message.folder()
            : message.folder() + " -> " + message.target();
    return Units.time(summary.time())
        + "  "
        + cut(terminal.name(sender))
        + "  "
        + terminal.name(subject)
        + "  ["
        + terminal.name(folder)
        + "]";
  }

  /** Columns stay in line where the text allows it. */
  private static String cut(String sender) {
    int length = sender.codePointCount(0, sender.length());
    if (length <= SENDER_WIDTH) {
      return sender + " ".repeat(SENDER_WIDTH - length);
    }
    return sender.substring(0, sender.offsetByCodePoints(0, SENDER_WIDTH - 1)) + "…";
  }

  private static Map<String, Object> json(MissingMessage message, MissingMessage.Summary summary) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("folder", message.folder());
    members.put("to", message.target());
    members.put("name", message.name());
    members.put("flags", message.flags());
    members.put("new", message.isNew());
    members.put("size", message.size());
    members.put("delivered", message.delivered().toString());
    members.put("date", summary.time().toString());
    members.put("from", summary.from());
    members.put("recipients", summary.recipients());
    members.put("subject", summary.subject());
    members.put("messageId", summary.messageId());
    return members;
  }

  @Override
  public void problem(String text) {
    terminal.note("mailkeep: " + text);
  }

  @Override
  public void warning(String text) {
    terminal.note("mailkeep: " + text);
  }

  /** Tells the sums. */
  void end(Mailbox mailbox, RawPath live, Recover.Report report, Duration time) {
    if (output.json()) {
      terminal.line(Json.of(json(mailbox, live, report, time)));
    } else if (!output.quiet()) {
      terminal.line(sentence(mailbox, report, time));
      if (report.problems() > 0) {
        terminal.line(
            Units.count(report.problems(), "message") + " could not be recovered; see above");
      }
    }
  }

  private String sentence(Mailbox mailbox, Recover.Report report, Duration time) {
    String of =
        mailbox.name()
            + ", snapshot "
            + snapshot.id().shortForm()
            + " of "
            + Units.time(snapshot.manifest().time())
            + ": ";
    String looked = Units.count(report.stored(), "message") + " looked at, ";
    String what =
        Units.count(report.recovered(), "message") + " (" + Units.size(report.bytes()) + ")";
    if (report.recovered() == 0) {
      return of + looked + "none is missing";
    }
    return dryRun
        ? of + looked + what + " would come back; nothing was written"
        : of + looked + what + " came back, in " + Units.duration(time);
  }

  private Map<String, Object> json(
      Mailbox mailbox, RawPath live, Recover.Report report, Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("mailbox", mailbox.name());
    members.put("snapshot", snapshot.id().toString());
    members.put("snapshotTime", snapshot.manifest().time().toString());
    members.put("maildir", live);
    members.put("dryRun", dryRun);
    members.put("messages", report.stored());
    members.put("recovered", report.recovered());
    members.put("bytes", report.bytes());
    members.put("problems", report.problems());
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }
}
