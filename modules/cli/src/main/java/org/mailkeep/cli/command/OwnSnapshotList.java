package org.mailkeep.cli.command;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.backup.OwnSnapshots;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.Units;
import org.mailkeep.repository.Repository;

/** What a host with a writer's key can tell of snapshots: those that it remembers having made. */
final class OwnSnapshotList {

  private final Terminal terminal;
  private final OutputOptions output;

  OwnSnapshotList(Terminal terminal, OutputOptions output) {
    this.terminal = terminal;
    this.output = output;
  }

  void print(RepositoryOptions options, Repository repository) {
    List<OwnSnapshots.Own> all;
    try (HostState state = HostState.any(options, repository, terminal)) {
      all = new OwnSnapshots(state.database()).list();
    }
    Set<ObjectId> present = new HashSet<>(repository.snapshots().ids());
    List<OwnSnapshots.Own> own = all.stream().filter(s -> present.contains(s.id())).toList();
    int others = present.size() - own.size();
    int gone = all.size() - own.size();
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("snapshots", own.stream().map(OwnSnapshotList::json).toList());
      members.put("others", others);
      members.put("gone", gone);
      terminal.line(Json.of(members));
      return;
    }
    String format = "%-8s  %-19s  %-12s  %11s  %10s";
    if (!own.isEmpty()) {
      terminal.line(String.format(format, "ID", "Time", "Host", "Files", "Size"));
    }
    for (OwnSnapshots.Own snapshot : own) {
      terminal.line(
          String.format(
              format,
              snapshot.id().shortForm(),
              Units.time(snapshot.time()),
              snapshot.host(),
              Units.count(snapshot.files()),
              Units.size(snapshot.bytes())));
    }
    if (!output.quiet()) {
      notes(own.size(), others, gone);
    }
  }

  private void notes(int own, int others, int gone) {
    terminal.note(
        "This key is a writer's: "
            + Units.count(own, "snapshot")
            + " that this host remembers having made, "
            + Units.count(others)
            + " more that only a full key can read.");
    if (gone > 0) {
      terminal.note(
          Units.count(gone, "snapshot")
              + " that this host made "
              + (gone == 1 ? "is" : "are")
              + " in the repository no more: forgotten elsewhere, or removed.");
    }
  }

  private static Map<String, Object> json(OwnSnapshots.Own snapshot) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", snapshot.id().toString());
    members.put("time", snapshot.time().toString());
    members.put("host", snapshot.host());
    members.put("files", snapshot.files());
    members.put("bytes", snapshot.bytes());
    return members;
  }
}
