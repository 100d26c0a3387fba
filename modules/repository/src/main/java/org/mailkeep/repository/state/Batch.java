package org.mailkeep.repository.state;

import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Changes that take effect together. Not for use by two threads. */
public final class Batch implements AutoCloseable {
  private final StateDatabase state;
  private final WriteBatch batch = new WriteBatch();

  Batch(StateDatabase state) {
    this.state = state;
  }

  /** Adds a write. */
  public Batch put(Table table, byte[] key, byte[] value) {
    try {
      batch.put(state.handle(table), key, value);
      return this;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /**
   * Adds bytes to the end of a value, which begins empty where there is none.
   *
   * @param table one that is {@linkplain Table#isCollected collected}
   */
  public Batch append(Table table, byte[] key, byte[] bytes) {
    try {
      batch.merge(state.handle(table), key, bytes);
      return this;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /** Adds a removal. */
  public Batch delete(Table table, byte[] key) {
    try {
      batch.delete(state.handle(table), key);
      return this;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /** Adds the removal of everything in the table. */
  public Batch clear(Table table) {
    try {
      byte[] last = new byte[64];
      Arrays.fill(last, (byte) 0xff);
      batch.deleteRange(state.handle(table), new byte[0], last);
      return this;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /** Makes the changes. */
  public void commit() {
    commit(state.logged());
  }

  /** Makes the changes, which are there after a power cut, too. */
  public void commitSynced() {
    commit(state.synced());
  }

  /** Makes changes that may be missing after this process, if it does not use them itself. */
  public void commitUnlogged() {
    commit(state.unlogged());
  }

  private void commit(WriteOptions options) {
    try {
      state.database().write(options, batch);
      batch.clear();
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /** The bytes collected so far. */
  public long size() {
    return batch.getDataSize();
  }

  @Override
  public void close() {
    batch.close();
  }
}
