package org.mailkeep.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.PathPattern;
import picocli.CommandLine.Option;

/** What of a snapshot is meant. */
public final class SelectionOptions {

  @Option(
      names = {"-i", "--include"},
      paramLabel = "PATTERN",
      description = "Only what fits PATTERN, with all below it.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Not what fits PATTERN.")
  private List<String> exclude = new ArrayList<>();

  /** Where not empty, only what one of these fits. */
  public List<PathPattern> include() {
    return include.stream().map(PathPattern::of).toList();
  }

  /** What to leave out. */
  public List<PathPattern> exclude() {
    return exclude.stream().map(PathPattern::of).toList();
  }
}
