package org.mailkeep.repository.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The bytes of a parity object: the head, the sectors of parity, and the head again, so that no
 * single bad sector makes it useless. Nothing in it is secret, and nothing is believed.
 *
 * <pre>
 * head:
 *   magic          4   "MKPA"
 *   version        1   1
 *   rows           1   sectors of parity in each group, 1 to 95
 *   pack length    8
 *   pack id       32
 *   checksums          CRC-32C (RFC 3720) of each sector of the pack, then of each of parity, 4 each
 *   checksum       4   CRC-32C of everything before
 * sectors of parity: row by row, in each row group by group
 * head, the same bytes again
 * </pre>
 */
final class ParityFile {

  private static final int MAGIC = 0x4d4b5041;
  private static final int VERSION = 1;
  private static final int FIXED = 4 + 1 + 1 + 8 + ObjectId.LENGTH;

  private final ParityLayout layout;
  private final int[] checksums;
  private final byte[] bytes;

  private ParityFile(ParityLayout layout, int[] checksums, byte[] bytes) {
    this.layout = layout;
    this.checksums = checksums;
    this.bytes = bytes;
  }

  /** The parts of the object, in order. */
  static List<byte[]> encode(ObjectId pack, ParityLayout layout, ParityEncoder encoder) {
    ByteWriter head = new ByteWriter(headLength(layout));
    head.u32(MAGIC).u8(VERSION).u8(layout.rows()).u64(layout.packLength());
    pack.write(head);
    for (int checksum : encoder.checksums()) {
      head.u32(checksum);
    }
    List<byte[]> parts = new ArrayList<>(layout.paritySectors() + 2);
    for (int row = 0; row < layout.rows(); row++) {
      for (int group = 0; group < layout.groups(); group++) {
        byte[] sector = encoder.parity(group, row);
        head.u32(checksum(sector, 0, sector.length));
        parts.add(sector);
      }
    }
    byte[] body = head.toByteArray();
    byte[] whole = head.u32(checksum(body, 0, body.length)).toByteArray();
    parts.addFirst(whole);
    parts.add(whole);
    return parts;
  }

  private static int headLength(ParityLayout layout) {
    return FIXED + 4 * (layout.sectors() + layout.paritySectors()) + 4;
  }

  private static long length(ParityLayout layout) {
    return 2L * headLength(layout) + (long) layout.paritySectors() * layout.parityLength();
  }

  /** Reads an object, if one of its heads is whole and is this pack's. */
  static Optional<ParityFile> decode(ObjectId pack, byte[] bytes) {
    return decode(pack, bytes, 0).or(() -> decodeLast(pack, bytes));
  }

  /**
   * The second head ends the object and is as long as the first would be; so its start is found.
   */
  private static Optional<ParityFile> decodeLast(ObjectId pack, byte[] bytes) {
    for (int start = bytes.length - FIXED; start >= bytes.length / 2; start--) {
      boolean begins =
          bytes[start] == 'M'
              && bytes[start + 1] == 'K'
              && bytes[start + 2] == 'P'
              && bytes[start + 3] == 'A';
      if (begins) {
        Optional<ParityFile> found = decode(pack, bytes, start);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ParityFile> decode(ObjectId pack, byte[] bytes, int start) {
    if (bytes.length - start < FIXED) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(bytes, start, bytes.length - start);
    int magic = in.u32();
    int version = in.u8();
    int rows = in.u8();
    long packLength = in.u64();
    if (magic != MAGIC
        || version != VERSION
        || rows < 1
        || rows > ParityLayout.MOST_ROWS
        || packLength < 1
        || packLength > ParityLayout.LONGEST_PACK
        || !ObjectId.read(in).equals(pack)) {
      return Optional.empty();
    }
    ParityLayout layout =
        new ParityLayout(packLength, ParityLayout.of(packLength, 1).groups(), rows);
    int head = headLength(layout);
    if (bytes.length != length(layout) || in.remaining() < head - FIXED) {
      return Optional.empty();
    }
    int[] checksums = new int[layout.sectors() + layout.paritySectors()];
    for (int i = 0; i < checksums.length; i++) {
      checksums[i] = in.u32();
    }
    return in.u32() == checksum(bytes, start, head - 4)
        ? Optional.of(new ParityFile(layout, checksums, bytes))
        : Optional.empty();
  }

  ParityLayout layout() {
    return layout;
  }

  /** Whether these are the bytes of a sector of the pack. */
  boolean isRight(int sector, byte[] from, int offset) {
    return checksum(from, offset, layout.length(sector)) == checksums[sector];
  }

  /** A sector of parity, if it is what was written. */
  Optional<byte[]> parity(int paritySector) {
    int start = headLength(layout) + paritySector * layout.parityLength();
    int end = start + layout.parityLength();
    return checksum(bytes, start, end - start) == checksums[layout.sectors() + paritySector]
        ? Optional.of(Arrays.copyOfRange(bytes, start, end))
        : Optional.empty();
  }

  /** Whether both heads and all sectors of parity are what was written. */
  boolean isWhole() {
    int head = headLength(layout);
    for (int i = 0; i < layout.paritySectors(); i++) {
      if (parity(i).isEmpty()) {
        return false;
      }
    }
    return Arrays.equals(bytes, 0, head, bytes, bytes.length - head, bytes.length);
  }

  private static int checksum(byte[] bytes, int offset, int count) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, count);
    return (int) checksum.getValue();
  }
}
