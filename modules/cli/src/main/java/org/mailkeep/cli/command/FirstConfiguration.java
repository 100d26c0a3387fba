package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.mailkeep.service.config.Key;
import org.mailkeep.service.config.Sample;
import org.mailkeep.service.config.Schema;

/**
 * A short configuration that 'setup' writes; all other keys are in {@link Sample}.
 *
 * @param repository the keys of that table, with their values
 * @param profiles to back up
 * @param paths to back up
 * @param every how often
 * @param mailTo who is told; empty for nobody
 */
record FirstConfiguration(
    SequencedMap<Key, String> repository,
    List<String> profiles,
    List<Path> paths,
    String every,
    List<String> mailTo) {

  FirstConfiguration {
    profiles = List.copyOf(profiles);
    paths = List.copyOf(paths);
    mailTo = List.copyOf(mailTo);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Written by 'mailkeep setup'. 'mailkeep config sample' explains every key there is,");
    lines.add("# 'mailkeep config check' finds mistakes. After a change of a place here, run");
    lines.add("# 'mailkeep install-units' again.");
    lines.add("");
    lines.add("[repository]");
    for (Map.Entry<Key, String> entry : repository.entrySet()) {
      lines.add(entry.getKey().name() + " = " + entry.getKey().toml(entry.getValue()));
    }
    lines.add("");
    lines.add("[[source]]");
    lines.add("name = \"mail\"");
    lines.add("every = " + Schema.get("source", "every").toml(every));
    if (!profiles.isEmpty()) {
      lines.add("profiles = " + list("source", "profiles", profiles));
    }
    if (!paths.isEmpty()) {
      lines.add("paths = " + list("source", "paths", paths.stream().map(Path::toString).toList()));
    }
    lines.add("");
    lines.add(
        """
        # What stays of old snapshots.
        [retention]
        keep-hourly = 48
        keep-daily = 14
        keep-weekly = 8
        keep-monthly = 24

        # Frees the space of the others.
        [prune]
        at = "Sun 04:30"

        # Every byte is read once in twenty days.
        [check]
        every = "1d"
        read-data-subset = "5%"

        [notify]""");
    lines.add(
        mailTo.isEmpty()
            ? "#mail-to = [\"root\"]"
            : "mail-to = " + list("notify", "mail-to", mailTo));
    return String.join("\n", lines) + "\n";
  }

  private static String list(String section, String name, List<String> values) {
    return values.stream()
        .map(Schema.get(section, name)::toml)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
