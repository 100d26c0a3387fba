package org.mailkeep.repository.tree;

import java.util.List;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.pack.ChunkSink;

/** Writes directories as nodes. Not for use by two threads. */
public final class TreeWriter {

  private final ChunkHasher hasher;
  private final ChunkSink sink;

  /** Writes to this sink. */
  public TreeWriter(ChunkHasher hasher, ChunkSink sink) {
    this.hasher = hasher;
    this.sink = sink;
  }

  /**
   * Writes a directory.
   *
   * @param entries sorted by name, none twice
   * @param before the same directory as it was, whose nodes the new ones are stored as differences
   *     to; {@link DirectoryNodes#NONE} where there was none
   */
  public DirectoryNodes write(List<Entry> entries, DirectoryNodes before) {
    DirectoryWriter directory = begin(before, NodeListener.HOLDING);
    entries.forEach(directory::add);
    return directory.end();
  }

  /**
   * Begins a directory of any size.
   *
   * @param before the same directory as it was, as in {@link #write}
   * @param listener is told of its nodes
   */
  public DirectoryWriter begin(DirectoryNodes before, NodeListener listener) {
    return new DirectoryWriter(hasher, sink, before, listener);
  }
}
