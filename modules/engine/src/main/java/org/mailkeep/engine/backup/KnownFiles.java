package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

/**
 * Entries of a directory as the last run saw them, by name. Only some leaves are held at a time, so
 * names are best asked for in their order. What stood in a lost part of the host state is not
 * known. For one thread.
 */
final class KnownFiles {

  /** Leaves that are held: that of a name, and of what its message may have been called before. */
  private static final int LEAVES = 8;

  /** Of so many names of one message the last run's may be found; that it has more is rare. */
  private static final int NAMES = 16;

  /** What may follow the unique part of a message's name; see {@link MessageName}. */
  private static final List<String> SEPARATORS = List.of(":", "!2,", ";2,");

  private final KnownDirectory directory;
  private final Map<Integer, List<Scanned>> held =
      new LinkedHashMap<>(2 * LEAVES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<Scanned>> eldest) {
          return size() > LEAVES;
        }
      };

  KnownFiles(KnownDirectory directory) {
    this.directory = directory;
  }

  private List<Scanned> leaf(int place) {
    List<Scanned> entries = held.get(place);
    if (entries == null) {
      entries = directory.entries(directory.leaves().get(place)).orElse(List.of());
      held.put(place, entries);
    }
    return entries;
  }

  /** The entry of this name. */
  Optional<Scanned> byName(FileName name) {
    if (directory.leaves().isEmpty()) {
      return Optional.empty();
    }
    List<Scanned> entries = leaf(directory.leafOf(name));
    int place = firstFrom(entries, name);
    return place < entries.size() && entries.get(place).entry().name().equals(name)
        ? Optional.of(entries.get(place))
        : Optional.empty();
  }

  /** The place of the first entry that has this name or a later one. */
  private static int firstFrom(List<Scanned> entries, FileName name) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).entry().name().compareTo(name) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The names of this message, whatever flags they tell. */
  List<Scanned> namesOf(MessageFile message) {
    List<Scanned> names = new ArrayList<>();
    if (!directory.leaves().isEmpty()) {
      byName(message.base()).ifPresent(names::add);
      SEPARATORS.forEach(separator -> addNames(message.base(), separator, names));
      names.removeIf(known -> known.inode() != message.inode());
    }
    return names;
  }

  private void addNames(FileName base, String separator, List<Scanned> names) {
    FileName prefix = join(base, separator);
    int leaf = directory.leafOf(prefix);
    int place = firstFrom(leaf(leaf), prefix);
    for (int count = 0; count < NAMES; count++) {
      while (place == leaf(leaf).size()) {
        if (++leaf == directory.leaves().size()) {
          return;
        }
        place = 0;
      }
      Scanned entry = leaf(leaf).get(place++);
      if (!entry.entry().name().startsWith(prefix)) {
        return;
      }
      names.add(entry);
    }
  }

  private static FileName join(FileName base, String ascii) {
    byte[] bytes = Arrays.copyOf(base.bytes(), base.length() + ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[base.length() + i] = (byte) ascii.charAt(i);
    }
    return FileName.of(bytes);
  }
}
