package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.Words;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.restore.Change;
import org.mailkeep.engine.restore.Plan;
import org.mailkeep.engine.restore.PlanObserver;
import org.mailkeep.engine.restore.PlannedEntry;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.FileType;

/** Prints what a restore would do: every path as it comes, if asked for, and the sums. */
final class PlanOutput implements PlanObserver {

  private static final int BLOCKED_SHOWN = 20;
  private static final int OWNERS_SHOWN = 20;

  private final OutputOptions output;
  private final Terminal terminal;
  private final boolean verbose;
  private final List<PlannedEntry> blocked = new ArrayList<>();

  PlanOutput(OutputOptions output, Terminal terminal, boolean verbose) {
    this.output = output;
    this.terminal = terminal;
    this.verbose = verbose;
  }

  @Override
  public void entry(PlannedEntry entry) {
    if (entry.change() == Change.BLOCKED && blocked.size() < BLOCKED_SHOWN) {
      blocked.add(entry);
    }
    if (verbose) {
      terminal.line(output.json() ? Json.of(json(entry)) : line(entry));
    }
  }

  private String line(PlannedEntry entry) {
    String path =
        terminal.name(entry.path().text()) + (entry.type() == FileType.DIRECTORY ? "/" : "");
    String reason = entry.reason().isEmpty() ? "" : " (" + entry.reason() + ")";
    return String.format(Locale.ROOT, "%-8s %s%s", Words.word(entry.change()), path, reason);
  }

  private static Map<String, Object> json(PlannedEntry entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("path", entry.path());
    members.put("change", Words.word(entry.change()));
    members.put("type", ModeText.type(entry.type()));
    members.put("size", entry.size());
    members.put("uid", Integer.toUnsignedLong(entry.uid()));
    members.put("gid", Integer.toUnsignedLong(entry.gid()));
    members.put("reason", entry.reason());
    return members;
  }

  /** All was told: prints the sums. */
  void end(Snapshot snapshot, Plan plan) {
    if (output.json()) {
      terminal.line(Json.of(json(snapshot, plan)));
    } else if (!output.quiet()) {
      print(snapshot, plan);
    }
    plan.refusals().forEach(refusal -> terminal.note("mailkeep: would be refused: " + refusal));
  }

  private void print(Snapshot snapshot, Plan plan) {
    terminal.line(
        "Snapshot "
            + snapshot.id().shortForm()
            + " ("
            + Units.time(snapshot.manifest().time())
            + ") would be restored like this:");
    for (Change change : Change.values()) {
      Plan.Tally tally = plan.of(change);
      if (!tally.isNone()) {
        terminal.line(String.format(Locale.ROOT, "  %-8s %s", Words.word(change), text(tally)));
      }
    }
    terminal.line("To write: " + Units.size(plan.bytesToWrite()));
    owners("Users", plan.users());
    owners("Groups", plan.groups());
    if (!verbose) {
      blocked.forEach(entry -> terminal.line(line(entry)));
      long more = plan.of(Change.BLOCKED).files() + plan.of(Change.BLOCKED).directories();
      if (more > blocked.size()) {
        terminal.line("blocked  " + Units.count(more - blocked.size()) + " more (-v names each)");
      }
    }
    terminal.line("Nothing was written.");
  }

  private static String text(Plan.Tally tally) {
    return Units.count(tally.files(), "file")
        + (tally.bytes() > 0 ? " (" + Units.size(tally.bytes()) + ")" : "")
        + ", "
        + Units.count(tally.directories())
        + (tally.directories() == 1 ? " directory" : " directories");
  }

  private void owners(String title, List<Plan.Owner> owners) {
    if (owners.isEmpty()) {
      return;
    }
    List<String> texts = owners.stream().limit(OWNERS_SHOWN).map(PlanOutput::text).toList();
    String more =
        owners.size() > OWNERS_SHOWN
            ? " and " + Units.count(owners.size() - OWNERS_SHOWN) + " more"
            : "";
    terminal.line(title + ": " + String.join(", ", texts) + more);
  }

  private static String text(Plan.Owner owner) {
    String before =
        owner.number() == owner.numberThere()
            ? ""
            : account(owner.numberThere(), owner.nameThere()) + " -> ";
    return before + account(owner.number(), owner.name());
  }

  private static String account(int number, String name) {
    String shown = name.isEmpty() ? "unknown here" : RawText.display(name);
    return Integer.toUnsignedString(number) + " (" + shown + ")";
  }

  private Map<String, Object> json(Snapshot snapshot, Plan plan) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", snapshot.id().toString());
    members.put("dryRun", true);
    for (Change change : Change.values()) {
      Plan.Tally tally = plan.of(change);
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("files", tally.files());
      counts.put("directories", tally.directories());
      counts.put("bytes", tally.bytes());
      members.put(Words.word(change), counts);
    }
    members.put("bytesToWrite", plan.bytesToWrite());
    members.put("users", plan.users().stream().map(PlanOutput::json).toList());
    members.put("groups", plan.groups().stream().map(PlanOutput::json).toList());
    members.put("inTheWay", blocked.stream().map(entry -> entry.path()).toList());
    members.put("refusals", plan.refusals());
    return members;
  }

  private static Map<String, Object> json(Plan.Owner owner) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", Integer.toUnsignedLong(owner.number()));
    members.put("name", owner.name());
    members.put("snapshotNumber", Integer.toUnsignedLong(owner.numberThere()));
    members.put("snapshotName", owner.nameThere());
    members.put("entries", owner.entries());
    return members;
  }
}
