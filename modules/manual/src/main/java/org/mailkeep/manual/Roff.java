package org.mailkeep.manual;

import java.util.List;

/** Text of a manual page, man(7): what is written is escaped, so that no word can be a request. */
final class Roff {

  private final StringBuilder page = new StringBuilder();

  /**
   * A page.
   *
   * @param name in capitals
   * @param section 1 for commands, 5 for files
   * @param date as {@code 2026-11-26}
   * @param source the program with its version
   */
  Roff(String name, int section, String date, String source) {
    request(".TH " + quoted(name) + " " + section + " " + quoted(date) + " " + quoted(source));
    // Long options shall be found by searching, and copied, as they are typed.
    request(".nh");
    request(".ad l");
  }

  /** A section. */
  Roff section(String title) {
    return request(".SH " + quoted(title));
  }

  /** A part of a section. */
  Roff part(String title) {
    return request(".SS " + quoted(title));
  }

  /** A paragraph. */
  Roff paragraph(String text) {
    return request(".PP").line(text);
  }

  /** A term and what it means. */
  Roff item(String term, String text) {
    request(".TP").request("\\fB" + escaped(term) + "\\fR");
    return line(text);
  }

  /** Lines as they are. */
  Roff example(List<String> lines) {
    request(".PP").request(".EX");
    lines.forEach(this::line);
    return request(".EE");
  }

  /** A line of text. */
  Roff line(String text) {
    String safe = escaped(text);
    return request(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe);
  }

  private Roff request(String text) {
    page.append(text).append('\n');
    return this;
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  /**
   * groff_char(7): a bare hyphen would be printed as another character than was meant, and what is
   * not ASCII would depend on the reader's locale.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                default -> {
                  if (c > '~') {
                    escaped.append(String.format("\\[u%04X]", c));
                  } else {
                    escaped.appendCodePoint(c);
                  }
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
