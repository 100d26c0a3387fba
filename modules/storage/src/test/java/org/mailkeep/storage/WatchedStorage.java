package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The base of wrappers that treat all operations alike. */
abstract class WatchedStorage extends ForwardingStorage {

  WatchedStorage(Storage inner) {
    super(inner);
  }

  /** Does one operation, or not. */
  abstract <T> T perform(Supplier<T> operation);

  private void perform(Runnable operation) {
    Object _ =
        perform(
            () -> {
              operation.run();
              return this;
            });
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    perform(() -> super.put(name, content));
  }

  @Override
  public byte[] get(ObjectName name) {
    return perform(() -> super.get(name));
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    perform(() -> super.read(name, offset, into));
  }

  @Override
  public OptionalLong size(ObjectName name) {
    return perform(() -> super.size(name));
  }

  @Override
  public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
    perform(() -> super.list(folder, each));
  }

  @Override
  public void delete(ObjectName name) {
    perform(() -> super.delete(name));
  }

  @Override
  public void tidy() {
    perform(super::tidy);
  }
}
