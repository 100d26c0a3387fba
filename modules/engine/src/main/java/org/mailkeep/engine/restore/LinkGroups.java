package org.mailkeep.engine.restore;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.unix.FileStat;

/**
 * Remembers where the first name of each hard-linked file stands: on disk, for a tree may have any
 * number of them. Safe for use by many threads, if one enters names.
 */
final class LinkGroups implements AutoCloseable {

  private static final int OPEN = 0;
  private static final int NEW = 1;
  private static final int KEPT = 2;

  private Optional<TemporaryState> state = Optional.empty();

  /**
   * The first name of a file.
   *
   * @param path where it stands in the snapshot
   * @param fate how it fared
   * @param device where it was there before, the number of its file system
   * @param inode and its number in that
   */
  record First(RawPath path, int fate, long device, long inode) {

    /** Whether it is the snapshot's file in the target, so that links can be made to it. */
    boolean isSettled() {
      return fate != OPEN;
    }

    /** Whether this is the same file, which was there before. */
    boolean isSame(FileStat stat) {
      return fate == KEPT && stat.device() == device && stat.inode() == inode;
    }
  }

  private synchronized StateDatabase database() {
    if (state.isEmpty()) {
      state = Optional.of(TemporaryState.create());
    }
    return state.get().database();
  }

  /** The first name of this file, if another came before; if not, this one is noted as such. */
  Optional<First> enter(RawPath path, Entry entry) {
    Optional<First> first = first(entry.linkGroup());
    if (first.isEmpty()) {
      put(path, entry, OPEN, 0, 0);
    }
    return first;
  }

  /** What is remembered of a file. */
  Optional<First> first(long group) {
    byte[] value = database().get(Table.FACTS, key(group));
    return value == null ? Optional.empty() : Optional.of(decode(value));
  }

  private static First decode(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    int fate = buffer.get();
    long device = buffer.getLong();
    long inode = buffer.getLong();
    byte[] path = new byte[buffer.remaining()];
    buffer.get(path);
    return new First(RawPath.of(path), fate, device, inode);
  }

  /** The snapshot's file stands under this name, or will; others can be links to it. */
  void settle(RawPath path, Entry entry, Decisions.Decision decision) {
    if (entry.linkGroup() == 0) {
      return;
    }
    if (decision.change().isWritten()) {
      put(path, entry, NEW, 0, 0);
    } else if (decision.same()) {
      keep(path, entry, decision.present().orElseThrow());
    }
  }

  /** This name is the file's, and was there before. */
  void keep(RawPath path, Entry entry, FileStat stat) {
    put(path, entry, KEPT, stat.device(), stat.inode());
  }

  private void put(RawPath first, Entry entry, int fate, long device, long inode) {
    byte[] path = first.bytes();
    byte[] value =
        ByteBuffer.allocate(1 + 2 * Long.BYTES + path.length)
            .put((byte) fate)
            .putLong(device)
            .putLong(inode)
            .put(path)
            .array();
    database().put(Table.FACTS, key(entry.linkGroup()), value);
  }

  private static byte[] key(long group) {
    return ByteBuffer.allocate(Long.BYTES).putLong(group).array();
  }

  @Override
  public void close() {
    state.ifPresent(TemporaryState::close);
  }
}
