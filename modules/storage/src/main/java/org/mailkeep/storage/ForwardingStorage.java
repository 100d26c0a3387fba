package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Hands everything to another storage: the base of wrappers that change one thing. */
public abstract class ForwardingStorage implements Storage {

  private final Storage inner;

  /**
   * @param inner what does the work; closed with this
   */
  protected ForwardingStorage(Storage inner) {
    this.inner = inner;
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    inner.put(name, content);
  }

  @Override
  public byte[] get(ObjectName name) {
    return inner.get(name);
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    inner.read(name, offset, into);
  }

  @Override
  public OptionalLong size(ObjectName name) {
    return inner.size(name);
  }

  @Override
  public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
    inner.list(folder, each);
  }

  @Override
  public void delete(ObjectName name) {
    inner.delete(name);
  }

  @Override
  public void tidy() {
    inner.tidy();
  }

  @Override
  public void close() {
    inner.close();
  }
}
