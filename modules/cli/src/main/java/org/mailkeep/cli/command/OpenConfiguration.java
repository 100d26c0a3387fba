package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.mailkeep.cli.options.ConfigurationOptions;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
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
   * Sees that nobody else can make this user run commands.
   *
   * @throws RefusedException where everybody can write to the file
   */
  static void requireSafe(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new RefusedException(
            "Everybody can write to the configuration " + file + ", and it names commands to run",
            "chmod o-w " + ShellWord.of(file.toString()));
      }
    } catch (IOException e) {
      throw new NotFoundException(
          "The configuration " + file + " cannot be looked at: " + e.getMessage(), "", e);
    }
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
