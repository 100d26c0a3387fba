package org.mailkeep.service.config;

/**
 * What is wrong with a configuration.
 *
 * @param line from 1; 0 where it is about no line
 * @param column from 1
 * @param what is wrong
 * @param advice what to write instead
 */
public record Mistake(int line, int column, String what, String advice) {

  static Mistake at(Node node, String what, String advice) {
    return new Mistake(node.line(), node.column(), what, advice);
  }

  /** Where and what, on one line. */
  @Override
  public String toString() {
    return (line == 0 ? "" : "line " + line + ", column " + column + ": ") + what;
  }
}
