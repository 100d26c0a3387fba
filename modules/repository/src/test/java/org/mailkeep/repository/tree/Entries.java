package org.mailkeep.repository.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;

/** A Maildir folder that changes: its messages by name. */
final class Entries {

  private static final String[] FLAGS = {":2,", ":2,S", ":2,RS"};

  private final SplittableRandom random;
  private final TreeMap<FileName, Entry> entries = new TreeMap<>();
  private int delivered;

  Entries(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** New messages come in. */
  Entries deliver(int count) {
    for (int i = 0; i < count; i++) {
      delivered++;
      long time = 1_767_600_000L + delivered * 97L;
      String name = time + ".M" + random.nextInt(1_000_000) + "P4711.mx,S=" + delivered;
      put(entry(FileName.of(name + FLAGS[random.nextInt(3)]), time));
    }
    return this;
  }

  /** An entry with a content of its own. */
  private Entry entry(FileName name, long time) {
    ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong());
    ChunkId second = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong());
    Recipe recipe =
        new Recipe.Direct(
            List.of(
                new Segment.Literal(new ChunkRef(id, 500)),
                new Segment.Literal(new ChunkRef(second, 1 + random.nextInt(5000)))));
    Metadata metadata = new Metadata(0600, 89, 89, time, random.nextInt(1_000_000_000), List.of());
    return new Entry(name, metadata, new Body.RegularFile(3000, recipe), 0);
  }

  /** Some messages get another flag, and so another name. */
  Entries rename(int count) {
    for (Entry entry : some(count)) {
      entries.remove(entry.name());
      FileName renamed = FileName.of(entry.name().text() + "T");
      put(new Entry(renamed, entry.metadata(), entry.body(), 0));
    }
    return this;
  }

  /** Some messages are deleted. */
  Entries delete(int count) {
    some(count).forEach(entry -> entries.remove(entry.name()));
    return this;
  }

  Entries put(Entry entry) {
    entries.put(entry.name(), entry);
    return this;
  }

  private Collection<Entry> some(int count) {
    List<Entry> all = list();
    Map<FileName, Entry> some = new TreeMap<>();
    while (some.size() < Math.min(count, all.size())) {
      Entry entry = all.get(random.nextInt(all.size()));
      some.put(entry.name(), entry);
    }
    return some.values();
  }

  /** All entries in the order of names. */
  List<Entry> list() {
    return new ArrayList<>(entries.values());
  }
}
