package org.mailkeep.cli.options;

import picocli.CommandLine.Option;

/** What every command that prints can be told. */
public final class OutputOptions {

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress and no summary; errors are still told.")
  private boolean quiet;

  /** Whether to print JSON. */
  public boolean json() {
    return json;
  }

  /** Whether to print nothing but errors. */
  public boolean quiet() {
    return quiet;
  }
}
