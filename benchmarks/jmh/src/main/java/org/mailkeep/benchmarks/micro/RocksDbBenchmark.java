package org.mailkeep.benchmarks.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.state.Table;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.StringAppendOperator;

/**
 * The look-ups of {@link IndexBenchmark} as RocksDB alone can do them: the same files, opened for
 * reading only, all of them in its cache; keys are bytes already, values go into memory that is
 * there.
 */
@State(Scope.Benchmark)
public class RocksDbBenchmark {

  private static final long CACHE_BYTES = 256L << 20;
  private static final int BLOOM_BITS = 10;

  private final MillionChunks chunks = new MillionChunks();
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final RocksDB database;
  private final ColumnFamilyHandle table;
  private final List<byte[]> present = keys(MillionChunks.present());
  private final List<byte[]> absent = keys(MillionChunks.absent());
  private final byte[] value = new byte[64];
  private int next;

  /** Makes the index and opens it. */
  public RocksDbBenchmark() {
    RocksDB.loadLibrary();
    String folder = chunks.folder().toString();
    LRUCache cache = owned(new LRUCache(CACHE_BYTES));
    BloomFilter bloom = owned(new BloomFilter(BLOOM_BITS, false));
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom);
    ColumnFamilyOptions family =
        owned(
            new ColumnFamilyOptions()
                .setTableFormatConfig(blocks)
                .setMergeOperator(owned(new StringAppendOperator(""))));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      List<byte[]> names = RocksDB.listColumnFamilies(owned(new Options()), folder);
      List<ColumnFamilyDescriptor> families =
          names.stream().map(name -> new ColumnFamilyDescriptor(name, family)).toList();
      database = RocksDB.openReadOnly(owned(new DBOptions()), folder, families, handles);
      List<String> texts = names.stream().map(name -> new String(name, US_ASCII)).toList();
      table = handles.get(texts.indexOf(Table.CHUNKS.name()));
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T extends AutoCloseable> T owned(T resource) {
    owned.addFirst(resource);
    return resource;
  }

  private static List<byte[]> keys(List<ChunkId> ids) {
    return ids.stream().map(ChunkId::bytes).toList();
  }

  /** A key that is there. */
  @Benchmark
  public int present() throws RocksDBException {
    return database.get(table, from(present), value);
  }

  /** A key that is not there. */
  @Benchmark
  public int absent() throws RocksDBException {
    return database.get(table, from(absent), value);
  }

  private byte[] from(List<byte[]> keys) {
    return keys.get(next++ & (MillionChunks.ASKED - 1));
  }

  /** Deletes the index. */
  @TearDown
  public void close() throws Exception {
    database.close();
    for (AutoCloseable resource : owned) {
      resource.close();
    }
    chunks.close();
  }
}
