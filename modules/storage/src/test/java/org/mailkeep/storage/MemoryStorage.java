package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;

/** Objects on the heap, for tests. */
public final class MemoryStorage implements Storage {

  private final ConcurrentSkipListMap<ObjectName, byte[]> objects = new ConcurrentSkipListMap<>();

  /** Replaces or adds an object without asking, as damage and attackers do. */
  public void overwrite(ObjectName name, byte[] bytes) {
    objects.put(name, bytes.clone());
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(content.length()));
    content.forEach(bytes::put);
    if (bytes.hasRemaining()) {
      throw new IllegalStateException("Content is shorter than it said");
    }
    if (objects.putIfAbsent(name, bytes.array()) != null) {
      throw new RefusedException(name + " exists already", "");
    }
  }

  @Override
  public byte[] get(ObjectName name) {
    byte[] bytes = find(name);
    if (bytes.length > MOST_AT_ONCE) {
      throw new DamagedException(name.toString(), "it is too large");
    }
    return bytes.clone();
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    byte[] bytes = find(name);
    if (offset + into.remaining() > bytes.length) {
      throw new DamagedException(name.toString(), "it ends at byte " + bytes.length);
    }
    into.put(bytes, (int) offset, into.remaining());
  }

  @Override
  public OptionalLong size(ObjectName name) {
    byte[] bytes = objects.get(name);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
  }

  @Override
  public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
    objects.forEach(
        (name, bytes) -> {
          if (folder.contains(name)) {
            each.accept(new StoredObject(name, bytes.length));
          }
        });
  }

  @Override
  public void delete(ObjectName name) {
    objects.remove(name);
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {}

  private byte[] find(ObjectName name) {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      throw new NotFoundException(name + " does not exist", "");
    }
    return bytes;
  }
}
