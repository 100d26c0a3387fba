package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.move.DomainMove;
import org.mailkeep.engine.move.FileChange;
import org.mailkeep.engine.move.FollowUp;
import org.mailkeep.engine.move.MovePlan;
import org.mailkeep.engine.move.MovingDomain;
import org.mailkeep.model.Units;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.repository.snapshot.Snapshot;

/** Tells what a move of domains is, or has come to, and what is left to do. */
final class DomainReport {

  private final Terminal terminal;
  private final List<FileChange> changes = new ArrayList<>();
  private final List<FollowUp> done = new ArrayList<>();

  DomainReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void add(FileChange change) {
    changes.add(change);
  }

  void add(FollowUp followUp) {
    done.add(followUp);
  }

  void tellPlan(Snapshot snapshot, MovePlan plan, OutputOptions output) {
    if (output.json()) {
      Map<String, Object> members = members(snapshot, plan, plan.changes(), true);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      plan.domains().forEach(domain -> terminal.line("Would move " + terminal.name(text(domain))));
      tellChanges(plan, plan.changes());
      terminal.line("Then, in this order:");
      tellCommands(plan.followUps());
    }
  }

  void tellDone(Snapshot snapshot, DomainMove.Report report, Duration time, OutputOptions output) {
    MovePlan plan = report.plan();
    if (output.json()) {
      Map<String, Object> members = members(snapshot, plan, changes, false);
      members.put("files", report.files());
      members.put("bytes", report.bytes());
      members.put("skipped", report.skipped());
      members.put("problems", report.problems());
      members.put("released", report.released());
      members.put("seconds", time.toMillis() / 1000.0);
      terminal.line(Json.of(members));
      return;
    }
    if (output.quiet()) {
      return;
    }
    plan.domains().forEach(domain -> terminal.line("Moved " + terminal.name(text(domain))));
    terminal.line(
        Units.count(report.files(), "file")
            + " ("
            + Units.size(report.bytes())
            + ") restored, "
            + Units.count(report.skipped())
            + " there already, in "
            + Units.duration(time));
    tellChanges(plan, changes);
    if (!done.isEmpty()) {
      terminal.line("Done:");
      tellCommands(done);
    }
    tellRest(report);
  }

  private void tellRest(DomainMove.Report report) {
    List<FollowUp> left = left(report.plan());
    if (left.isEmpty()) {
      terminal.line("Mail is let in.");
      return;
    }
    if (report.problems() > 0) {
      terminal.line(
          Units.count(report.problems(), "problem")
              + ": see the messages above, and look at the files before mail is let in");
    }
    terminal.line("Mail for what moved waits in the queue until these are run, in this order:");
    tellCommands(left);
  }

  private List<FollowUp> left(MovePlan plan) {
    return plan.followUps().stream().filter(followUp -> !done.contains(followUp)).toList();
  }

  private static String text(MovingDomain domain) {
    return domain.name()
        + (domain.aliases().isEmpty() ? "" : " (also " + String.join(", ", domain.aliases()) + ")")
        + ": "
        + Units.count(domain.files(), "file")
        + ", "
        + Units.size(domain.bytes())
        + ", from "
        + domain.folder().path()
        + " to "
        + domain.home()
        + switch (domain.step()) {
          case MAKE -> "";
          case COMPLETE, CONTINUE -> ", which an earlier run began";
          case NOTHING -> ", which is there and gets mail already";
          case MERGE -> ", which is there";
        };
  }

  private void tellChanges(MovePlan plan, List<FileChange> now) {
    owners(plan.mapping()).forEach(owner -> terminal.line(ownerText(owner)));
    for (FileChange change : now) {
      terminal.line(change.file() + ":");
      change.removed().forEach(line -> terminal.line("  - " + terminal.name(line)));
      change.added().forEach(line -> terminal.line("  + " + terminal.name(line)));
    }
    plan.notes().forEach(note -> terminal.line("Note: " + terminal.name(note) + "."));
  }

  private void tellCommands(List<FollowUp> followUps) {
    commands(followUps).forEach(command -> terminal.line("  " + command));
  }

  private static List<String> commands(List<FollowUp> followUps) {
    return followUps.stream().flatMap(followUp -> followUp.commands().stream()).toList();
  }

  /** JSON members; the names are stable. */
  private Map<String, Object> members(
      Snapshot snapshot, MovePlan plan, List<FileChange> now, boolean dryRun) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", snapshot.id().toString());
    members.put("dryRun", dryRun);
    members.put("domains", plan.domains().stream().map(DomainReport::members).toList());
    members.put("owners", owners(plan.mapping()).toList());
    members.put("changes", now.stream().map(DomainReport::members).toList());
    members.put("notes", plan.notes());
    members.put("done", commands(done));
    members.put("next", commands(left(plan)));
    return members;
  }

  private static Map<String, Object> members(MovingDomain domain) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("domain", domain.name());
    members.put("aliases", domain.aliases());
    members.put("from", domain.folder().path());
    members.put("to", domain.home());
    members.put("accounts", domain.inDatabase() ? "database" : "vpasswd");
    members.put(
        "folder",
        switch (domain.step()) {
          case MAKE -> "made";
          case COMPLETE, CONTINUE -> "completed";
          case NOTHING -> "unchanged";
          case MERGE -> "merged";
        });
    members.put("files", domain.files());
    members.put("bytes", domain.bytes());
    return members;
  }

  private static Map<String, Object> members(FileChange change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", change.file());
    members.put("added", change.added());
    members.put("removed", change.removed());
    return members;
  }

  private static Stream<Map<String, Object>> owners(OwnerMapping mapping) {
    return Stream.concat(
        mapping.users().entrySet().stream().map(e -> owner("user", e.getKey(), e.getValue())),
        mapping.groups().entrySet().stream().map(e -> owner("group", e.getKey(), e.getValue())));
  }

  private static Map<String, Object> owner(String kind, int from, int to) {
    Map<String, Object> owner = new LinkedHashMap<>();
    owner.put("kind", kind);
    owner.put("from", Integer.toUnsignedLong(from));
    owner.put("to", Integer.toUnsignedLong(to));
    return owner;
  }

  private static String ownerText(Map<String, Object> owner) {
    return owner.get("kind") + " " + owner.get("from") + " becomes " + owner.get("to");
  }
}
