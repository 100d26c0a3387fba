package org.mailkeep.engine.backup;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

/** Entries of a directory as the last run saw them, by name. For one thread. */
final class KnownFiles {

  private final List<Scanned> entries;
  private final Map<FileName, Scanned> byName = new HashMap<>();
  private final Map<FileName, Scanned> byBase = new HashMap<>();

  KnownFiles(List<Scanned> entries) {
    this.entries = entries;
    entries.forEach(scanned -> byName.put(scanned.entry().name(), scanned));
  }

  /** All of them, in the order of names. */
  Collection<Scanned> entries() {
    return entries;
  }

  Optional<Scanned> byName(FileName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** A message with this one's unique name, whatever flags it had. */
  Optional<Scanned> byBase(FileName name) {
    if (byBase.isEmpty()) {
      for (Scanned scanned : entries) {
        byBase.put(MessageName.of(scanned.entry().name()).baseName(), scanned);
      }
    }
    return Optional.ofNullable(byBase.get(MessageName.of(name).baseName()));
  }
}
