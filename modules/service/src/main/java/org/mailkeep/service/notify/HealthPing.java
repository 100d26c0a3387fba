package org.mailkeep.service.notify;

import java.util.Optional;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Notifications.Address;

/**
 * Tells a watch after each run that there was one, in the way of healthchecks.io: the address where
 * all is well, and the address with {@code /fail} where something is wrong. The watch notices when
 * the pings cease, and tells of changes only.
 */
public record HealthPing(Address address) {

  /**
   * Pings.
   *
   * @param problem what is wrong; empty where all is well
   * @return what went wrong with the ping
   */
  public Optional<String> send(String problem) {
    try {
      String place = address.text();
      String base = place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
      return Web.post(problem.isEmpty() ? place : base + "/fail", "text/plain", problem);
    } catch (UsageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
