package org.mailkeep.repository.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Records of one table on their way into it, beside the log and the table in memory, which costs a
 * third of writing them through those. Not for use by two threads.
 */
public final class Load implements AutoCloseable {
  private final StateDatabase state;
  private final Table table;
  private final Path file;
  private final Options all;
  private final EnvOptions environment = new EnvOptions();
  private final SstFileWriter writer;
  private boolean empty = true;

  /**
   * Begins it.
   *
   * @param all how the table is written
   */
  Load(StateDatabase state, Table table, Options all) {
    this.state = state;
    this.table = table;
    this.all = all;
    file = state.folder().resolve("load-" + table);
    writer = new SstFileWriter(environment, all);
    try {
      Files.deleteIfExists(file);
      writer.open(file.toString());
    } catch (IOException | RocksDBException e) {
      close();
      throw state.failure(e);
    }
  }

  /** Adds a record; its key is behind those of all before. */
  public void put(byte[] key, byte[] value) {
    try {
      writer.put(key, value);
      empty = false;
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  /** Makes all that was added part of the table, durable, in place of what has the same keys. */
  public void finish() {
    if (empty) {
      return;
    }
    try (IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
      writer.finish();
      state.database().ingestExternalFile(state.handle(table), List.of(file.toString()), move);
    } catch (RocksDBException e) {
      throw state.failure(e);
    }
  }

  @Override
  public void close() {
    writer.close();
    environment.close();
    all.close();
  }
}
