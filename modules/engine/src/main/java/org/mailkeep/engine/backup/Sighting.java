package org.mailkeep.engine.backup;

import java.util.Comparator;

/**
 * A message as it was seen once: it may have been seen again, under another name.
 *
 * @param message which it is
 * @param found what was seen
 * @param number how many were seen before it
 */
record Sighting(MessageFile message, Found found, int number) {

  /** Message by message, and each by its names. */
  static final Comparator<Sighting> ORDER =
      Comparator.comparing(Sighting::message).thenComparing(sighting -> sighting.found().name());

  static Sighting of(Found found, int number) {
    return new Sighting(MessageFile.of(found), found, number);
  }
}
