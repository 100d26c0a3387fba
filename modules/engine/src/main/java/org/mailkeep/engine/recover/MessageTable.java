package org.mailkeep.engine.recover;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * What a recovery must know of all messages at once: on disk, for a mailbox may have any number.
 * For one thread.
 */
final class MessageTable implements AutoCloseable {

  private static final byte PRESENT = 'P';
  private static final byte DIGESTED = 'D';
  private static final byte WANTED_SIZE = 'S';
  private static final byte LIVE_SIZE = 'L';
  private static final byte CONTENT = 'C';
  private static final byte MISSING = 'M';
  private static final byte[] NOTHING = {};

  private final TemporaryState state = TemporaryState.create();
  private long missing;

  /** Takes messages that are missing. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One message.
     *
     * @param folder the number that was given
     */
    void missing(int folder, boolean isNew, FileName name);
  }

  private StateDatabase database() {
    return state.database();
  }

  /** Room beside it. */
  SortSpace space() {
    return SortSpace.in(database().folder());
  }

  private static byte[] key(byte kind, byte[] bytes) {
    byte[] key = new byte[bytes.length + 1];
    key[0] = kind;
    System.arraycopy(bytes, 0, key, 1, bytes.length);
    return key;
  }

  private static byte[] key(byte kind, long size, byte[] bytes) {
    return ByteBuffer.allocate(1 + Long.BYTES + bytes.length)
        .put(kind)
        .putLong(size)
        .put(bytes)
        .array();
  }

  private void put(byte[] key) {
    database().put(Table.FACTS, key, NOTHING);
  }

  private boolean has(byte[] key) {
    return database().get(Table.FACTS, key) != null;
  }

  /** The live mailbox has a message with this base name. */
  void addPresent(FileName baseName) {
    put(key(PRESENT, baseName.bytes()));
  }

  /** Whether the live mailbox has, or had a moment ago, a message with this base name. */
  boolean isPresent(FileName baseName) {
    return has(key(PRESENT, baseName.bytes()));
  }

  /** A message of the snapshot has no counterpart by name. */
  void addMissing(int folder, StoredMessage message) {
    Metadata metadata = message.entry().metadata();
    byte[] name = message.entry().name().bytes();
    put(
        ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES + Integer.BYTES + 1 + name.length)
            .put(MISSING)
            .putInt(folder)
            // In the order of time, so that mail programs number them as they once came.
            .putLong(metadata.mtimeSeconds() ^ Long.MIN_VALUE)
            .putInt(metadata.mtimeNanos())
            .put((byte) (message.isNew() ? 1 : 0))
            .put(name)
            .array());
    put(key(WANTED_SIZE, message.size(), NOTHING));
    missing++;
  }

  /** How many have none. */
  long missing() {
    return missing;
  }

  /** Whether a live message of this size could be one of those. */
  boolean isWantedSize(long size) {
    return has(key(WANTED_SIZE, size, NOTHING));
  }

  /** Whether the content of the live message with this base name is known already. */
  boolean isDigested(FileName baseName) {
    return has(key(DIGESTED, baseName.bytes()));
  }

  /** The live mailbox has a message with this content. */
  void addContent(FileName baseName, long size, byte[] digest) {
    put(key(CONTENT, size, digest));
    put(key(LIVE_SIZE, size, NOTHING));
    put(key(DIGESTED, baseName.bytes()));
  }

  /** Whether some live message has this size. */
  boolean hasContentOf(long size) {
    return has(key(LIVE_SIZE, size, NOTHING));
  }

  /** Whether some live message has this content. */
  boolean hasContent(long size, byte[] digest) {
    return has(key(CONTENT, size, digest));
  }

  /** Goes through those that were added as missing: folder by folder, the oldest first. */
  void forEachMissing(Visitor visitor) {
    database()
        .scan(
            Table.FACTS,
            new byte[] {MISSING},
            (key, _) -> {
              ByteBuffer buffer = ByteBuffer.wrap(key, 1, key.length - 1);
              int folder = buffer.getInt();
              buffer.getLong();
              buffer.getInt();
              boolean isNew = buffer.get() == 1;
              FileName name = FileName.of(Arrays.copyOfRange(key, buffer.position(), key.length));
              visitor.missing(folder, isNew, name);
            });
  }

  @Override
  public void close() {
    state.close();
  }
}
