package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.restore.RewrittenFile;
import org.mailkeep.model.Units;

/**
 * Collects which files a restore has rewritten, the first of them. Safe for use by many threads.
 */
final class RewrittenFiles {

  private static final int KEPT = 1000;
  private static final int SHOWN = 20;

  private final List<RewrittenFile> files = new ArrayList<>();
  private long count;

  synchronized void add(RewrittenFile file) {
    count++;
    if (files.size() < KEPT) {
      files.add(file);
    }
  }

  /** JSON members; the names are stable. */
  synchronized void addTo(Map<String, Object> members) {
    members.put("rewrittenFiles", count);
    members.put(
        "rewritten",
        files.stream()
            .map(
                file -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("path", file.path());
                  one.put("lines", file.lines());
                  one.put("rebuild", file.rebuild());
                  return one;
                })
            .toList());
  }

  synchronized void tell(Terminal terminal) {
    if (count == 0) {
      return;
    }
    terminal.line("Rewritten for the owners and homes of this host:");
    for (RewrittenFile file : files.subList(0, Math.min(SHOWN, files.size()))) {
      terminal.line(
          "  "
              + file.path()
              + ": "
              + Units.count(file.lines(), "line")
              + ": "
              + String.join(", ", file.examples())
              + (file.lines() > file.examples().size() ? ", …" : ""));
    }
    more(terminal, count - SHOWN);
  }

  private static void more(Terminal terminal, long more) {
    if (more > 0) {
      terminal.line("  and " + Units.count(more) + " more");
    }
  }
}
