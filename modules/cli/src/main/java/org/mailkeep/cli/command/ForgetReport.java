package org.mailkeep.cli.command;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.forget.Reason;
import org.mailkeep.engine.forget.Retention.Verdict;
import org.mailkeep.engine.forget.SnapshotGroup;
import org.mailkeep.model.Units;
import org.mailkeep.repository.snapshot.Snapshot;

/** Shows which snapshots stay and why, as a calendar and a list for each group. */
record ForgetReport(
    Terminal terminal, OutputOptions output, boolean dryRun, boolean verbose, boolean prunes) {

  /** What a day shows: the strongest reason of its snapshots comes first here. */
  private static final String STRONGEST_FIRST = "!PtYMWDHwL-";

  void tell(Map<SnapshotGroup, List<Verdict>> groups) {
    if (output.json()) {
      terminal.line(Json.of(json(groups)));
      return;
    }
    if (output.quiet()) {
      return;
    }
    groups.forEach(
        (group, verdicts) -> {
          if (!group.equals(SnapshotGroup.NAMED)) {
            terminal.line(describe(group));
          }
          if (dryRun) {
            calendar(verdicts);
          }
          if (dryRun || verbose) {
            list(verdicts);
          }
        });
    if (dryRun) {
      terminal.line("Y yearly, M monthly, W weekly, D daily, H hourly, L last, w within, t tag,");
      terminal.line("P pinned, ! mass change, - goes, . no snapshot");
    }
    long stay = count(groups, true);
    long go = count(groups, false);
    terminal.line(
        (dryRun ? "Would forget " : "Forgot ")
            + Units.count(go, "snapshot")
            + (stay > 0 ? ", and " + Units.count(stay) + (stay == 1 ? " stays" : " stay") : "")
            + (dryRun ? "; nothing was changed." : "."));
    if (!dryRun && !prunes && go > 0) {
      terminal.line("'mailkeep prune' frees their space.");
    }
  }

  private static long count(Map<SnapshotGroup, List<Verdict>> groups, boolean stay) {
    return groups.values().stream()
        .flatMap(List::stream)
        .filter(verdict -> verdict.stays() == stay)
        .count();
  }

  private String describe(SnapshotGroup group) {
    String what =
        Stream.of(
                Stream.of(group.host()).filter(host -> !host.isEmpty()),
                group.profiles().stream().map(name -> "profile " + name),
                group.paths().stream().map(path -> terminal.name(path.text())),
                group.tags().stream().map(tag -> "[" + tag + "]"))
            .flatMap(part -> part)
            .collect(Collectors.joining(" "));
    return what.isEmpty() ? "All snapshots" : what;
  }

  /** A line a month, a letter a day. */
  private void calendar(List<Verdict> verdicts) {
    Map<YearMonth, Map<Integer, Character>> months = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      LocalDate day =
          verdict.snapshot().manifest().time().atZone(ZoneId.systemDefault()).toLocalDate();
      months
          .computeIfAbsent(YearMonth.from(day), _ -> new TreeMap<>())
          .merge(day.getDayOfMonth(), letter(verdict), ForgetReport::stronger);
    }
    terminal.line("           1   5    10   15   20   25   30");
    months.forEach((month, days) -> terminal.line("  " + month + "  " + line(month, days)));
  }

  private static String line(YearMonth month, Map<Integer, Character> days) {
    StringBuilder line = new StringBuilder();
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      line.append(days.getOrDefault(day, '.'));
    }
    return line.toString();
  }

  private static char letter(Verdict verdict) {
    return verdict.reasons().stream()
        .map(Reason::letter)
        .reduce(ForgetReport::stronger)
        .orElse('-');
  }

  private static char stronger(char a, char b) {
    return STRONGEST_FIRST.indexOf(a) <= STRONGEST_FIRST.indexOf(b) ? a : b;
  }

  private void list(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict.stays() || verbose) {
        Snapshot snapshot = verdict.snapshot();
        terminal.line(
            "  "
                + (verdict.stays() ? "stays  " : "goes   ")
                + snapshot.id().shortForm()
                + "  "
                + Units.time(snapshot.manifest().time())
                + "  "
                + reasons(verdict));
      }
    }
  }

  private static String reasons(Verdict verdict) {
    return verdict.reasons().stream().map(Reason::text).collect(Collectors.joining(", "));
  }

  private Map<String, Object> json(Map<SnapshotGroup, List<Verdict>> groups) {
    List<Map<String, Object>> list = new ArrayList<>();
    groups.forEach(
        (group, verdicts) -> {
          Map<String, Object> members = new LinkedHashMap<>();
          members.put("host", group.host());
          members.put("profiles", group.profiles());
          members.put("paths", group.paths());
          members.put("tags", group.tags());
          members.put("snapshots", verdicts.stream().map(ForgetReport::json).toList());
          list.add(members);
        });
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("dryRun", dryRun);
    members.put("forgotten", count(groups, false));
    members.put("kept", count(groups, true));
    members.put("groups", list);
    return members;
  }

  private static Map<String, Object> json(Verdict verdict) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", verdict.snapshot().id().toString());
    members.put("time", verdict.snapshot().manifest().time().toString());
    members.put("stays", verdict.stays());
    members.put("reasons", verdict.reasons().stream().map(Reason::text).toList());
    return members;
  }
}
