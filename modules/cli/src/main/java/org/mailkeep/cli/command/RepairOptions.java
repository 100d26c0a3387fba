package org.mailkeep.cli.command;

import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every repair can be told. */
final class RepairOptions {

  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be done.")
  private boolean dryRun;

  RepositoryOptions repository() {
    return repository;
  }

  OutputOptions output() {
    return output;
  }

  boolean dryRun() {
    return dryRun;
  }
}
