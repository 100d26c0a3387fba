package org.mailkeep.engine.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.FileStat;

/**
 * Sums up what is in a directory, so that the next run sees that all of it is as it was without
 * reading its entries from the host state. Two sums: the files come from the listing, and what each
 * directory below has become is known only when that one is complete.
 *
 * @param files of everything but directories: names, and all that statx(2) says but the access time
 * @param directories of the entries of directories
 */
record DirectorySignature(ByteString files, ByteString directories) {

  /** The length of each sum in bytes: the start of a SHA-256. */
  static final int LENGTH = 16;

  /** Matches nothing: the directory must be looked at entry by entry. */
  static final DirectorySignature NONE =
      new DirectorySignature(ByteString.of(new byte[LENGTH]), ByteString.of(new byte[LENGTH]));

  /** Most directories have nothing of one kind: so much is not worth a hash. */
  private static final ByteString OF_NOTHING = ofNothing();

  private static ByteString ofNothing() {
    byte[] sum = new byte[LENGTH];
    Arrays.fill(sum, (byte) 1);
    return ByteString.of(sum);
  }

  /** Sums up what is added in the order of names. For one thread. */
  static final class Sum {
    private final ByteWriter out = new ByteWriter(256);
    private @Nullable MessageDigest digest;

    /** Adds a file, or whatever is no directory. */
    void add(Found file) {
      out.bytes(file.name().bytes());
      write(file.stat(), out);
      digest();
    }

    /** Adds a directory. */
    void add(Entry entry, Body.Directory directory) {
      out.bytes(entry.name().bytes());
      write(entry.metadata(), out);
      directory.root().write(out);
      out.varint(directory.files()).varint(directory.size()).u8(directory.partial() ? 1 : 0);
      digest();
    }

    private void digest() {
      MessageDigest open = digest;
      if (open == null) {
        open = sha256();
        digest = open;
      }
      open.update(out.toByteArray());
      out.clear();
    }

    /** The sum of all that was added. */
    ByteString end() {
      MessageDigest open = digest;
      return open == null ? OF_NOTHING : ByteString.of(Arrays.copyOf(open.digest(), LENGTH));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void write(FileStat stat, ByteWriter out) {
    out.varint(stat.type().modeBits() | stat.mode());
    out.u64(stat.uid()).u64(stat.gid()).u64(stat.size()).u64(stat.device()).u64(stat.inode());
    out.varint(stat.links());
    out.u64(stat.mtimeSeconds()).varint(stat.mtimeNanos());
    out.u64(stat.ctimeSeconds()).varint(stat.ctimeNanos());
    out.varint(stat.deviceMajor() & 0xffffffffL).varint(stat.deviceMinor() & 0xffffffffL);
  }

  private static void write(Metadata metadata, ByteWriter out) {
    out.varint(metadata.mode()).u64(metadata.uid()).u64(metadata.gid());
    out.u64(metadata.mtimeSeconds()).varint(metadata.mtimeNanos());
    out.varint(metadata.attributes().size());
    for (Attribute attribute : metadata.attributes()) {
      out.bytes(attribute.name().bytes()).bytes(attribute.value().bytes());
    }
  }
}
