package org.mailkeep.engine.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;

/**
 * Reads cpio, whose headers are numbers as text: odc (POSIX.1, octal), newc (SVR4, hexadecimal) and
 * crc, which is newc with the sum of each file's bytes. Names of one file have one number, and in
 * newc only the last of them has the content.
 */
public final class CpioReader implements ArchiveReader {

  private static final byte[] TRAILER = "TRAILER!!!".getBytes(StandardCharsets.US_ASCII);
  private static final int MAGIC = 6;

  private final ArchiveInput in;
  private final ArchiveObserver observer;
  private long left;
  private int padding;
  private boolean summed;
  private long sum;
  private long stated;
  private boolean ended;

  CpioReader(ArchiveInput in, ArchiveObserver observer) {
    this.in = in;
    this.observer = observer;
  }

  /** One header, whatever its form. */
  private record Header(
      long device,
      long inode,
      int mode,
      long uid,
      long gid,
      long links,
      long major,
      long minor,
      long mtime,
      long size,
      long nameLength,
      long check,
      boolean padded) {}

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0 || length == 0) {
      return left == 0 ? -1 : 0;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw in.cutOff();
    }
    for (int i = offset; summed && i < offset + count; i++) {
      sum += target[i] & 0xff;
    }
    left -= count;
    if (left == 0 && summed && (sum & 0xffffffffL) != stated) {
      throw in.damaged("a file has a wrong checksum");
    }
    return count;
  }

  @Override
  public Optional<ArchiveEntry> next() {
    while (!ended) {
      byte[] rest = new byte[8192];
      while (read(rest, 0, rest.length) > 0) {
        // What nobody asked for; its sum still counts.
      }
      in.skip(padding);
      Header header = header();
      byte[] name = name(header);
      if (Arrays.equals(name, TRAILER)) {
        ended = true;
        if (!in.drain()) {
          observer.note("what stands after the end of " + in.name() + " is not imported");
        }
        return Optional.empty();
      }
      Optional<ArchiveEntry> entry = entry(header, MemberPath.of(name, in));
      if (entry.isPresent()) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private Header header() {
    byte[] magic = in.bytes(MAGIC);
    Header header =
        switch (new String(magic, StandardCharsets.ISO_8859_1)) {
          case "070707" -> odc(new Fields(in.bytes(70), 8));
          case "070701" -> newc(new Fields(in.bytes(104), 16));
          case "070702" -> newc(new Fields(in.bytes(104), 16));
          default -> throw in.damaged("a header does not begin as one of cpio");
        };
    // Only regular files have a sum.
    summed = magic[MAGIC - 1] == '2' && header.mode() >> 12 == 8;
    sum = 0;
    stated = header.check();
    return header;
  }

  private Header odc(Fields fields) {
    long device = fields.next(6);
    long inode = fields.next(6);
    int mode = (int) fields.next(6);
    long uid = fields.next(6);
    long gid = fields.next(6);
    long links = fields.next(6);
    long node = fields.next(6);
    long mtime = fields.next(11);
    long nameLength = fields.next(6);
    long size = fields.next(11);
    return new Header(
        device,
        inode,
        mode,
        uid,
        gid,
        links,
        node >> 8,
        node & 0xff,
        mtime,
        size,
        nameLength,
        0,
        false);
  }

  private Header newc(Fields fields) {
    long inode = fields.next(8);
    int mode = (int) fields.next(8);
    long uid = fields.next(8);
    long gid = fields.next(8);
    long links = fields.next(8);
    long mtime = fields.next(8);
    long size = fields.next(8);
    long device = fields.next(8) << 32 | fields.next(8);
    long major = fields.next(8);
    long minor = fields.next(8);
    long nameLength = fields.next(8);
    return new Header(
        device,
        inode,
        mode,
        uid,
        gid,
        links,
        major,
        minor,
        mtime,
        size,
        nameLength,
        fields.next(8),
        true);
  }

  private final class Fields {
    private final byte[] text;
    private final int radix;
    private int at;

    Fields(byte[] text, int radix) {
      this.text = text;
      this.radix = radix;
    }

    long next(int length) {
      long value = 0;
      for (int end = at + length; at < end; at++) {
        int digit = Character.digit((char) (text[at] & 0xff), radix);
        if (digit < 0 || text[at] < 0) {
          throw in.damaged("a header has a broken number");
        }
        value = value * radix + digit;
      }
      return value;
    }
  }

  private byte[] name(Header header) {
    int length = (int) header.nameLength();
    if (header.nameLength() < 2 || header.nameLength() > Body.SymbolicLink.MAX_TARGET + 1) {
      throw in.damaged("a member has a name of " + header.nameLength() + " bytes");
    }
    byte[] name = in.bytes(length);
    if (name[length - 1] != 0) {
      throw in.damaged("a name does not end");
    }
    in.skip(header.padded() ? -(110 + length) & 3 : 0);
    left = header.size();
    padding = header.padded() ? (int) (-header.size() & 3) : 0;
    return Arrays.copyOf(name, length - 1);
  }

  private Optional<ArchiveEntry> entry(Header header, RawPath path) {
    Metadata metadata =
        new Metadata(
            header.mode() & 07777,
            (int) header.uid(),
            (int) header.gid(),
            header.mtime(),
            0,
            java.util.List.of());
    boolean linked = header.links() > 1;
    Optional<ArchiveEntry.Kind> kind =
        switch (header.mode() >> 12) {
          case 1 -> Optional.of(new ArchiveEntry.Fifo());
          case 2 -> Optional.of(device(false, header));
          case 4 -> Optional.of(new ArchiveEntry.Directory());
          case 6 -> Optional.of(device(true, header));
          case 8 -> Optional.of(new ArchiveEntry.RegularFile(header.size(), Holes.NONE));
          case 10 ->
              Optional.of(new ArchiveEntry.SymbolicLink(MemberPath.target(target(), path, in)));
          case 12 -> Optional.of(new ArchiveEntry.Socket());
          default -> Optional.empty();
        };
    if (kind.isEmpty()) {
      observer.skipped(path, "a member of an unknown type");
    }
    return kind.map(
        known ->
            new ArchiveEntry(
                path,
                metadata,
                known,
                linked && !(known instanceof ArchiveEntry.Directory)
                    ? Optional.of(identity(header))
                    : Optional.empty(),
                ArchiveEntry.Owner.UNNAMED));
  }

  private static ArchiveEntry.Kind device(boolean block, Header header) {
    return new ArchiveEntry.Device(block, (int) header.major(), (int) header.minor());
  }

  private static ByteString identity(Header header) {
    return ByteString.of(
        ByteBuffer.allocate(16).putLong(header.device()).putLong(header.inode()).array());
  }

  private byte[] target() {
    if (left > Body.SymbolicLink.MAX_TARGET) {
      throw in.damaged("a symbolic link with a target of " + left + " bytes");
    }
    byte[] target = new byte[(int) left];
    int filled = 0;
    while (filled < target.length) {
      filled += read(target, filled, target.length - filled);
    }
    return target;
  }

  @Override
  public void close() {
    in.close();
  }
}
