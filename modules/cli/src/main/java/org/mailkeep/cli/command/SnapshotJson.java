package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.model.Units;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;

/** Snapshots as JSON members; the names are stable. */
final class SnapshotJson {

  private SnapshotJson() {}

  static Map<String, Object> of(Snapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", snapshot.id().toString());
    members.put("time", manifest.time().toString());
    members.put("finished", manifest.finished().toString());
    members.put("host", manifest.host());
    members.put("paths", manifest.sources());
    members.put(
        "profiles",
        manifest.profiles().stream()
            .map(profile -> Map.of("name", profile.name(), "paths", profile.paths()))
            .toList());
    members.put("tags", manifest.tags());
    members.put("options", manifest.options());
    members.put("files", manifest.root().files());
    members.put("bytes", manifest.root().size());
    members.put("newBytes", manifest.counts().addedBytes());
    members.put("storedBytes", manifest.counts().storedBytes());
    members.put("unreadableFiles", manifest.unreadable().count());
    members.put("leftOut", leftOut(manifest));
    manifest.massChange().ifPresent(change -> members.put("massChange", massChange(change)));
    members.put("users", owners(manifest.users()));
    members.put("groups", owners(manifest.groups()));
    members.put("program", manifest.program());
    return members;
  }

  static Map<String, Object> massChange(Manifest.MassChange change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("filesBefore", change.before());
    members.put("vanished", change.vanished());
    members.put("changed", change.changed());
    return members;
  }

  /** A mass change in words. */
  static String text(Manifest.MassChange change) {
    return Units.count(change.vanished())
        + " of "
        + Units.count(change.before(), "file")
        + " are gone from their places, "
        + Units.count(change.changed())
        + " changed";
  }

  private static Map<String, String> owners(Map<Integer, String> owners) {
    Map<String, String> byId = new TreeMap<>();
    owners.forEach((id, name) -> byId.put(Integer.toUnsignedString(id), name));
    return byId;
  }

  static List<Map<String, Object>> leftOut(Manifest manifest) {
    return manifest.leftOut().stream()
        .map(
            left -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("reason", left.reason());
              members.put("count", left.count());
              members.put("examples", left.examples());
              return members;
            })
        .toList();
  }

  static List<Map<String, Object>> failures(Manifest manifest) {
    return manifest.unreadable().failures().stream()
        .map(
            failure -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("path", failure.path());
              members.put("problem", failure.problem());
              return members;
            })
        .toList();
  }
}
