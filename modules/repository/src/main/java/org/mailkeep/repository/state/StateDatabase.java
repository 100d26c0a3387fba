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
import java.util.Objects;
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
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.StringAppendOperator;
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
  private static final int FILTER_PART_BYTES = 16 << 10;

  /** The part of the cache in which filters and indexes do not give way to data. */
  private static final double FILTER_SHARE = 0.5;

  /**
   * Files of a table that may overlap before they are merged with all the rest of it. Each process
   * leaves a small one to the next, so with fewer a large table would be written anew every few
   * runs.
   */
  private static final int OVERLAPPING_FILES = 10;

  private static final double MEMTABLE_BLOOM = 0.05;

  static {
    RocksDB.loadLibrary();
  }

  /**
   * Appends bytes to a value without reading it. Never closed: all databases of a process use it.
   */
  private static final StringAppendOperator APPEND = new StringAppendOperator("");

  private final Path folder;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
  private final Map<Table, ColumnFamilyOptions> families = new EnumMap<>(Table.class);
  private final DBOptions options = new DBOptions();
  private final WriteOptions writeOptions = new WriteOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final RocksDB database;

  private StateDatabase(Path folder) throws RocksDBException {
    this.folder = folder;
    // One shard: of the 64 that RocksDB makes by itself each would hold half a megabyte.
    LRUCache cache = new LRUCache(CACHE_BYTES, 0, false, FILTER_SHARE);
    BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);
    BlockBasedTableConfig ranges = blocks(cache);
    // In parts: the filters of a hundred million chunks take four times the cache, and whole ones,
    // of two megabytes each, would be read anew for nearly every look-up.
    BlockBasedTableConfig blocks =
        blocks(cache)
            .setFilterPolicy(bloom)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setMetadataBlockSize(FILTER_PART_BYTES);
    options
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAvoidFlushDuringShutdown(true)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setMaxOpenFiles(256)
        .setDbWriteBufferSize(3 * WRITE_BUFFER_BYTES)
        .setMaxBackgroundJobs(2);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Table table : Table.values()) {
      ColumnFamilyOptions family = options(table, table.isLookedUp() ? blocks : ranges);
      families.put(table, family);
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

  private static BlockBasedTableConfig blocks(LRUCache cache) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setCacheIndexAndFilterBlocks(true)
        .setPinL0FilterAndIndexBlocksInCache(true)
        .setFormatVersion(5);
  }

  private static ColumnFamilyOptions options(Table table, BlockBasedTableConfig blocks) {
    ColumnFamilyOptions family =
        new ColumnFamilyOptions()
            .setTableFormatConfig(blocks)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setLevel0FileNumCompactionTrigger(OVERLAPPING_FILES)
            .setCompressionType(
                table.isText() ? CompressionType.ZSTD_COMPRESSION : CompressionType.NO_COMPRESSION);
    if (table.isCollected()) {
      family.setMergeOperator(APPEND);
    }
    if (table.isLookedUp()) {
      // Nearly all that is looked up in a first backup is new, and so in no table.
      var _ =
          family.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM).setMemtableWholeKeyFiltering(true);
    }
    return family;
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
    return new Batch(this);
  }

  /** Collects many records of a table in a file of its own, in the order of keys. */
  public Load load(Table table) {
    return new Load(this, table, new Options(options, Objects.requireNonNull(families.get(table))));
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

  /**
   * Merges the files of a table into one run, if it has any: then a look-up asks one filter and not
   * one of each level. Writes all of the table anew.
   */
  public void gather(Table table) {
    try {
      if (database.getLongProperty(handle(table), "rocksdb.total-sst-files-size") > 0) {
        database.compactRange(handle(table));
      }
    } catch (RocksDBException e) {
      throw failure(folder, e);
    }
  }

  /** Looks up keys of a table as it is now, quickest where they are asked for in order. */
  public Cursor cursor(Table table) {
    return new Cursor(this, table);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  RocksDB database() {
    return database;
  }

  /** For writes that go through the log. */
  WriteOptions logged() {
    return writeOptions;
  }

  /** For writes that are on the disk before they return. */
  WriteOptions synced() {
    return synced;
  }

  /** For writes beside the log. */
  WriteOptions unlogged() {
    return unlogged;
  }

  StorageException failure(Exception e) {
    return failure(folder, e);
  }

  ColumnFamilyHandle handle(Table table) {
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
    synced.close();
    for (AutoCloseable resource : owned) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
