package org.mailkeep.repository.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.StorageException;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The host state's RocksDB: byte strings under byte strings, in {@link Table}s. Safe for use by
 * many threads; by one process at a time, which RocksDB's own lock enforces.
 *
 * <p>Memory is bounded whatever the size: one block cache holds index and filter blocks too. Writes
 * go through the log without a sync: after a crash a recent tail may be missing, which costs work
 * done again and nothing else, because nothing is noted here before it is safe in the repository.
 */
public final class StateDatabase implements AutoCloseable {

  private static final long CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 8L << 20;

  private static final int BLOOM_BITS = 10;
  private static final double MEMTABLE_BLOOM = 0.05;

  static {
    RocksDB.loadLibrary();
  }

  private final Path folder;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
  private final WriteOptions writeOptions = new WriteOptions();
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final RocksDB database;

  private StateDatabase(Path folder) throws RocksDBException {
    this.folder = folder;
    // One shard: by itself RocksDB makes 64 of half a megabyte each, in which the filter of a large
    // table does not fit, so that every look-up would read and check all of it.
    LRUCache cache = new LRUCache(CACHE_BYTES, 0);
    BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(bloom)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFormatVersion(5);
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setAvoidFlushDuringShutdown(true)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxOpenFiles(256)
            .setDbWriteBufferSize(4 * WRITE_BUFFER_BYTES)
            .setMaxBackgroundJobs(2);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Table table : Table.values()) {
      ColumnFamilyOptions family =
          new ColumnFamilyOptions()
              .setTableFormatConfig(blocks)
              .setWriteBufferSize(WRITE_BUFFER_BYTES)
              // Nearly all that is looked up in a first backup is new, and so in no table.
              .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM)
              .setMemtableWholeKeyFiltering(true)
              .setCompressionType(
                  table.isText()
                      ? CompressionType.ZSTD_COMPRESSION
                      : CompressionType.NO_COMPRESSION);
      owned.add(family);
      descriptors.add(new ColumnFamilyDescriptor(table.columnFamily(), family));
    }
    owned.addAll(List.of(options, cache, bloom));
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    try {
      database = RocksDB.open(options, folder.toString(), descriptors, opened);
    } catch (RocksDBException e) {
      closeOwned();
      throw e;
    }
    Iterator<ColumnFamilyHandle> inOrder = opened.iterator();
    for (Table table : Table.values()) {
      handles.put(table, inOrder.next());
    }
  }

  /**
   * Opens the state in this folder, made when missing. A state that RocksDB cannot read is thrown
   * away and begun anew, for nothing in it is the only copy.
   *
   * @throws StateBusyException where another process has it open
   * @throws StorageException where the folder cannot be written
   */
  public static StateDatabase open(Path folder) {
    try {
      makeFolder(folder);
      return new StateDatabase(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    } catch (RocksDBException e) {
      if (isLocked(e)) {
        throw new StateBusyException(folder, e);
      }
      return reopen(folder, e);
    }
  }

  private static StateDatabase reopen(Path folder, RocksDBException first) {
    Status status = first.getStatus();
    if (status == null || status.getCode() != Status.Code.Corruption) {
      throw failure(folder, first);
    }
    try {
      StateFolder.delete(folder);
      makeFolder(folder);
      return new StateDatabase(folder);
    } catch (IOException | RocksDBException e) {
      throw failure(folder, e);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** RocksDB has no code of its own for this, only words: for another process, and for this one. */
  private static boolean isLocked(RocksDBException e) {
    String message = e.getMessage();
    return message != null
        && (message.startsWith("While lock file") || message.startsWith("lock hold by current"));
  }

  private static StorageException failure(Path folder, Exception e) {
    return new StorageException(
        "The host state in " + folder + " cannot be used: " + e.getMessage(),
        "See that the folder can be written and has room, or name another with --state-dir;"
            + " it can be deleted at any time.",
        e);
  }

  /** The value under this key, or null. */
  public byte @Nullable [] get(Table table, byte[] key) {
    try {
      return database.get(handle(table), key);
    } catch (RocksDBException e) {
      throw failure(folder, e);
    }
  }

  /** Writes one value. */
  public void put(Table table, byte[] key, byte[] value) {
    try {
      database.put(handle(table), writeOptions, key, value);
    } catch (RocksDBException e) {
      throw failure(folder, e);
    }
  }

  /** Collects changes that take effect together. */
  public Batch batch() {
    return new Batch();
  }

  /** Calls back with each key of the table that begins with {@code prefix}, in order. */
  public void scan(Table table, byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
    scanFrom(
        table,
        prefix,
        (key, value) -> {
          boolean inside = startsWith(key, prefix);
          if (inside) {
            visitor.accept(key, value);
          }
          return inside;
        });
  }

  /** Calls back with each key of the table from {@code first} on, in order, while told to. */
  public void scanFrom(Table table, byte[] first, BiPredicate<byte[], byte[]> visitor) {
    try (ReadOptions options = new ReadOptions().setFillCache(false);
        RocksIterator iterator = database.newIterator(handle(table), options)) {
      iterator.seek(first);
      while (iterator.isValid() && visitor.test(iterator.key(), iterator.value())) {
        iterator.next();
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw failure(folder, e);
    }
  }

  /** Looks up keys of a table as it is now, quickest where they are asked for in order. */
  public Cursor cursor(Table table) {
    return new Cursor(table);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  private ColumnFamilyHandle handle(Table table) {
    ColumnFamilyHandle handle = handles.get(table);
    if (handle == null) {
      throw new IllegalStateException("the state is closed");
    }
    return handle;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
    handles.clear();
    database.close();
    closeOwned();
  }

  private void closeOwned() {
    writeOptions.close();
    unlogged.close();
    for (AutoCloseable resource : owned) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A place in a table that moves from key to key. Not for use by two threads. */
  public final class Cursor implements AutoCloseable {
    private final ReadOptions options = new ReadOptions().setFillCache(false);
    private final RocksIterator iterator;

    private Cursor(Table table) {
      iterator = database.newIterator(handle(table), options);
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
        throw failure(folder, e);
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

  /** Changes that take effect together. Not for use by two threads. */
  public final class Batch implements AutoCloseable {
    private final WriteBatch batch = new WriteBatch();

    private Batch() {}

    /** Adds a write. */
    public Batch put(Table table, byte[] key, byte[] value) {
      try {
        batch.put(handle(table), key, value);
        return this;
      } catch (RocksDBException e) {
        throw failure(folder, e);
      }
    }

    /** Adds a removal. */
    public Batch delete(Table table, byte[] key) {
      try {
        batch.delete(handle(table), key);
        return this;
      } catch (RocksDBException e) {
        throw failure(folder, e);
      }
    }

    /** Adds the removal of everything in the table. */
    public Batch clear(Table table) {
      try {
        byte[] last = new byte[64];
        Arrays.fill(last, (byte) 0xff);
        batch.deleteRange(handle(table), new byte[0], last);
        return this;
      } catch (RocksDBException e) {
        throw failure(folder, e);
      }
    }

    /** Makes the changes. */
    public void commit() {
      commit(writeOptions);
    }

    /** Makes changes that may be missing after this process, if it does not use them itself. */
    public void commitUnlogged() {
      commit(unlogged);
    }

    private void commit(WriteOptions options) {
      try {
        database.write(options, batch);
        batch.clear();
      } catch (RocksDBException e) {
        throw failure(folder, e);
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
}
