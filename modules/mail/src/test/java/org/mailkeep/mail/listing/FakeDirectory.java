package org.mailkeep.mail.listing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;

/** A directory that exists only in a test. */
public final class FakeDirectory implements Listing {

  private final Map<FileName, EntryType> entries = new LinkedHashMap<>();
  private final Map<FileName, FakeDirectory> children = new LinkedHashMap<>();

  /** Adds files. */
  public FakeDirectory files(String... names) {
    return add(EntryType.FILE, names);
  }

  /** Adds entries of this type. */
  public FakeDirectory add(EntryType type, String... names) {
    for (String name : names) {
      entries.put(FileName.of(name), type);
    }
    return this;
  }

  /** Adds a directory. */
  public FakeDirectory directory(String name, FakeDirectory child) {
    entries.put(FileName.of(name), EntryType.DIRECTORY);
    children.put(FileName.of(name), child);
    return this;
  }

  /** Adds empty directories. */
  public FakeDirectory directories(String... names) {
    for (String name : names) {
      directory(name, new FakeDirectory());
    }
    return this;
  }

  @Override
  public @Nullable EntryType type(FileName name) {
    return entries.get(name);
  }

  @Override
  public Iterable<FileName> names() {
    return entries.keySet();
  }

  @Override
  public Optional<Listing> child(FileName name) {
    return Optional.ofNullable(children.get(name));
  }
}
