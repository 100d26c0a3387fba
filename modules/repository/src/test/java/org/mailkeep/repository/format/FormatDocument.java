package org.mailkeep.repository.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fenced blocks of {@code repo-format.md} by the heading above them. In a {@code hex} block, a
 * semicolon begins a comment and blanks do not count.
 */
final class FormatDocument {

  private final Map<String, String> blocks = new LinkedHashMap<>();

  /** Reads the document at the top of the source tree. */
  FormatDocument() {
    String heading = "";
    String language = "";
    StringBuilder block = new StringBuilder();
    boolean inside = false;
    for (String line : lines()) {
      if (line.startsWith("```")) {
        if (inside) {
          blocks.put(language + " " + heading, block.toString());
          block.setLength(0);
        }
        inside = !inside;
        language = inside ? line.substring(3) : "";
      } else if (inside) {
        block.append(line).append('\n');
      } else if (line.startsWith("#")) {
        heading = line.substring(line.indexOf(' ') + 1);
      } else if (line.startsWith("| `")) {
        blocks.merge("table " + heading, line + "\n", String::concat);
      }
    }
  }

  private static List<String> lines() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("repo-format.md"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("repo-format.md is in no folder above this one");
    }
    try {
      return Files.readAllLines(folder.resolve("repo-format.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of the hex block under the heading that ends with this text. */
  byte[] hex(String heading) {
    StringBuilder digits = new StringBuilder();
    block("hex", heading)
        .lines()
        .forEach(line -> digits.append(line.split(";", 2)[0].replace(" ", "")));
    return HexFormat.of().parseHex(digits);
  }

  /** The text block under the heading that ends with this text. */
  String text(String heading) {
    return block("text", heading);
  }

  /** The rows, below the heading that ends with this text, whose first cell is code. */
  List<String> tableRows(String heading) {
    return block("table", heading).lines().toList();
  }

  private String block(String language, String heading) {
    List<String> found =
        blocks.entrySet().stream()
            .filter(e -> e.getKey().startsWith(language + " "))
            .filter(e -> e.getKey().endsWith(heading))
            .map(Map.Entry::getValue)
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " blocks of " + language + ": " + heading);
    }
    return found.getFirst();
  }
}
