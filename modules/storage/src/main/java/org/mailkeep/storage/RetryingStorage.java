package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

/**
 * Tries operations again that failed for reasons that may pass.
 *
 * <p>A put whose answer was lost may have stored the object. The next attempt then finds the name
 * taken, and what stands there decides: the very bytes of this put are its success. No bytes are
 * held for that; they are read back in pieces and compared.
 *
 * <p>A listing is not repeated here, for it would name objects twice. A storage with a server
 * behind it repeats the single requests that a listing is made of.
 */
public final class RetryingStorage extends ForwardingStorage {

  private static final int PIECE = 1 << 20;

  private final Storage inner;
  private final Retry retry;

  /**
   * @param inner what does the work; its operations may be repeated
   */
  public RetryingStorage(Storage inner, Retry retry) {
    super(inner);
    this.inner = inner;
    this.retry = retry;
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    boolean[] doubtful = {false};
    retry.run(
        () -> {
          try {
            inner.put(name, content);
          } catch (StorageException e) {
            doubtful[0] = true;
            throw e;
          } catch (RefusedException e) {
            if (!doubtful[0] || !holds(name, content)) {
              throw e;
            }
          }
        });
  }

  @Override
  public byte[] get(ObjectName name) {
    return retry.get(() -> inner.get(name));
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    int position = into.position();
    retry.run(() -> inner.read(name, offset, into.position(position)));
  }

  @Override
  public OptionalLong size(ObjectName name) {
    return retry.get(() -> inner.size(name));
  }

  @Override
  public void delete(ObjectName name) {
    retry.run(() -> inner.delete(name));
  }

  @Override
  public void tidy() {
    retry.run(inner::tidy);
  }

  /** Whether the object there has these very bytes. */
  private boolean holds(ObjectName name, ObjectContent content) {
    OptionalLong size = inner.size(name);
    if (size.isEmpty() || size.getAsLong() != content.length()) {
      return false;
    }
    long offset = 0;
    for (ByteBuffer slice : content.unpaced()) {
      while (slice.hasRemaining()) {
        ByteBuffer there = ByteBuffer.allocate(Math.min(PIECE, slice.remaining()));
        inner.read(name, offset, there);
        offset += there.capacity();
        if (!there.flip().equals(slice.slice(slice.position(), there.capacity()))) {
          return false;
        }
        slice.position(slice.position() + there.capacity());
      }
    }
    return true;
  }
}
