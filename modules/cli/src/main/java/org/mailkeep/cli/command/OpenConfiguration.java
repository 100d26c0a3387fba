package org.mailkeep.cli.command;

import java.nio.file.Path;
import org.mailkeep.cli.options.ConfigurationOptions;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Settings;

/** The configuration, for commands that make no sense without. */
final class OpenConfiguration {

  private OpenConfiguration() {}

  /**
   * The file.
   *
   * @throws NotFoundException where there is none
   */
  static Path file(ConfigurationOptions options) {
    return options
        .file()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no configuration " + ConfigurationOptions.usual(),
                    "'mailkeep config sample > "
                        + ConfigurationOptions.usual()
                        + "' makes one to begin with; --config names another."));
  }

  /**
   * What it comes to.
   *
   * @throws UsageException where it has a mistake, or says nothing to do
   */
  static Configuration withSteps(Settings settings) {
    Configuration configuration = Configuration.of(settings);
    if (configuration.steps().isEmpty()) {
      throw new UsageException(
          "The configuration "
              + settings.path().map(Path::toString).orElse("")
              + " says nothing to do",
          "It needs at least one [[source]]; 'mailkeep config sample' shows how.");
    }
    return configuration;
  }
}
