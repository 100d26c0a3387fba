package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are when nothing is said: system folders for root, those of the XDG Base Directory
 * Specification for others.
 *
 * @param configuration the configuration
 * @param repository the repository
 * @param keyFile the key file
 * @param state the folder of host states
 * @param profiles the folder of profiles that add to those of the program
 */
public record Places(Path configuration, Path repository, Path keyFile, Path state, Path profiles) {

  /** The places for this user. */
  public static Places of(boolean root, Map<String, String> environment) {
    if (root) {
      return new Places(
          Path.of("/etc/mailkeep/mailkeep.toml"),
          Path.of("/var/backups/mailkeep"),
          Path.of("/etc/mailkeep/mailkeep.key"),
          Path.of("/var/lib/mailkeep"),
          Path.of("/etc/mailkeep/profiles.d"));
    }
    Path home = Path.of(environment.getOrDefault("HOME", "."));
    Path configuration = folder(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    return new Places(
        configuration.resolve("mailkeep/mailkeep.toml"),
        folder(environment, "XDG_DATA_HOME", home.resolve(".local/share"))
            .resolve("mailkeep/repository"),
        configuration.resolve("mailkeep/mailkeep.key"),
        folder(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve("mailkeep"),
        configuration.resolve("mailkeep/profiles.d"));
  }

  private static Path folder(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }
}
