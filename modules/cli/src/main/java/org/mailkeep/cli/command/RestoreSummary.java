package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.restore.NextStep;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;

/** Tells what a restore did, and what to do next. */
record RestoreSummary(
    Snapshot snapshot, Restore.Report report, RewrittenFiles rewritten, RestoreSettings settings) {

  private static final int COMMANDS_SHOWN = 20;

  void print(OutputOptions output, Terminal terminal, Duration time) {
    if (output.json()) {
      terminal.line(Json.of(json(time)));
    } else if (!output.quiet()) {
      print(terminal, time);
    }
  }

  private void print(Terminal terminal, Duration time) {
    terminal.line(
        "Restored "
            + Units.count(report.files(), "file")
            + " ("
            + Units.size(report.bytes())
            + ") in "
            + Units.count(report.directories())
            + (report.directories() == 1 ? " directory" : " directories")
            + " of snapshot "
            + snapshot.id().shortForm()
            + " ("
            + Units.time(snapshot.manifest().time())
            + ") in "
            + Units.duration(time));
    if (report.existing() > 0) {
      terminal.line(existing());
    }
    if (settings.delete()) {
      terminal.line(
          "Removed " + Units.count(report.removed()) + " that the snapshot does not have");
    }
    rewritten.tell(terminal);
    if (settings.verify()) {
      terminal.line(verified());
    }
    if (report.problems() > 0) {
      terminal.line(Units.count(report.problems(), "problem") + ": see the messages above");
    }
    steps(terminal);
  }

  private String existing() {
    return Units.count(report.existing(), "file")
        + " existed already: "
        + Units.count(report.kept())
        + " left as they were"
        + (report.mended() > 0
            ? ", " + Units.count(report.mended()) + " given owner, mode, time or attributes"
            : "");
  }

  private String verified() {
    return "Read back and compared "
        + Units.count(report.verified(), "file")
        + ": "
        + (report.differences() == 0
            ? "all is as in the snapshot"
            : Units.count(report.differences(), "difference") + ", see the messages above");
  }

  private void steps(Terminal terminal) {
    if (report.nextSteps().isEmpty()) {
      return;
    }
    boolean here = settings.target().equals(RawPath.ROOT);
    terminal.line("To do next, in this order" + (here ? ":" : ", where the files are for:"));
    int number = 1;
    for (NextStep step : report.nextSteps()) {
      terminal.line(number++ + ". " + step.text());
      List<String> shown = step.commands().stream().limit(COMMANDS_SHOWN).toList();
      shown.forEach(command -> terminal.line("     " + terminal.name(command)));
      long more = step.more() + step.commands().size() - shown.size();
      if (more > 0) {
        terminal.line("     and " + Units.count(more) + " more (--json has the first 1,000)");
      }
    }
  }

  private Map<String, Object> json(Duration time) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", snapshot.id().toString());
    members.put("dryRun", false);
    members.put("files", report.files());
    members.put("directories", report.directories());
    members.put("bytes", report.bytes());
    members.put("existing", report.existing());
    members.put("mended", report.mended());
    members.put("kept", report.kept());
    members.put("removed", report.removed());
    if (settings.verify()) {
      members.put("verified", report.verified());
      members.put("differences", report.differences());
    }
    members.put("problems", report.problems());
    rewritten.addTo(members);
    members.put("nextSteps", report.nextSteps().stream().map(RestoreSummary::json).toList());
    members.put("seconds", time.toMillis() / 1000.0);
    return members;
  }

  private static Map<String, Object> json(NextStep step) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("topic", step.topic());
    members.put("text", step.text());
    members.put("commands", step.commands());
    members.put("more", step.more());
    return members;
  }
}
