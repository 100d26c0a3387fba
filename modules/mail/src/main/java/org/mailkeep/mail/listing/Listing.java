package org.mailkeep.mail.listing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;

/**
 * The names and types in one directory, and in directories below it on demand. Those who recognise
 * structures ask for single names first, for children last and only where the names fit.
 */
public interface Listing {

  /** The type of this name, or null if the directory does not have it. */
  @Nullable EntryType type(FileName name);

  /** All names, in no particular order. */
  Iterable<FileName> names();

  /** The directory of this name; empty if it is none or cannot be read. */
  Optional<Listing> child(FileName name);

  /** Whether the directory has this name with this type. */
  default boolean has(FileName name, EntryType type) {
    return type(name) == type;
  }
}
