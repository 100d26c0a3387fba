package org.mailkeep.repository.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A place in a table that moves from key to key. Not for use by two threads. */
public final class Cursor implements AutoCloseable {
  private final StateDatabase state;
  private final ReadOptions options = new ReadOptions().setFillCache(false);
  private final RocksIterator iterator;

  Cursor(StateDatabase state, Table table) {
    this.state = state;
    iterator = state.database().newIterator(state.handle(table), options);
  }

  /** The value under this key, or null. */
  public byte @Nullable [] find(byte[] key) {
    try {
      if (!isAt(key)) {
        if (iterator.isValid()) {
          iterator.next();
        }
        if (!isAt(key)) {
          iterator.seek(key);
        }
      }
      iterator.status();
      return isAt(key) ? iterator.value() : null;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  private boolean isAt(byte[] key) {
    return iterator.isValid() && Arrays.equals(iterator.key(), key);
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
  }
}
