package org.mailkeep.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.schedule.Schedule;

/**
 * Who is told, and how.
 *
 * @param mailTo addresses; empty where nobody gets mail
 * @param mailFrom the sender
 * @param sendmail the command that takes a message
 * @param webhook where messages are posted
 * @param healthcheck what each run pings
 * @param digest when a summary is sent
 */
public record Notifications(
    List<String> mailTo,
    String mailFrom,
    String sendmail,
    Optional<Address> webhook,
    Optional<Address> healthcheck,
    Optional<Schedule> digest) {

  /** Copies the list. */
  public Notifications {
    mailTo = List.copyOf(mailTo);
  }

  /** An address of the web, which may be a secret. */
  public sealed interface Address {

    /**
     * The address.
     *
     * @throws UsageException where a file has none
     */
    String text();

    /** As it stands in the configuration. */
    record Plain(String text) implements Address {
      @Override
      public String toString() {
        return "an address";
      }
    }

    /** On the first line of a file. */
    record InFile(Path file) implements Address {
      @Override
      public String text() {
        try {
          String line = Files.readString(file).lines().findFirst().orElse("").strip();
          if (!Kind.URL.fits(line)) {
            throw new UsageException(
                "There is no address on the first line of " + file,
                "It is " + Kind.URL.expected() + ".");
          }
          return line;
        } catch (IOException e) {
          throw new UsageException(
              "The file " + file + " cannot be read: " + e.getMessage(),
              "Check the configuration.",
              e);
        }
      }
    }
  }
}
