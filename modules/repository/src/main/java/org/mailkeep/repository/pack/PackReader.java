package org.mailkeep.repository.pack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.crypto.BlockOpener;
import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.Envelope;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Opener;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.crypto.SealBrokenException;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.object.ObjectHeader;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** Reads packs' tables and opens their blocks. Safe for use by many threads. */
public final class PackReader {

  private static final int REMEMBERED = 256;

  private final Storage storage;
  private final KeySet keys;
  private final Optional<Opener> opener;
  private final Map<ObjectId, BlockOpener> openers =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, BlockOpener> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Reads packs of this storage. */
  public PackReader(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
    this.opener = keys instanceof FullKeys full ? Optional.of(full.opener()) : Optional.empty();
  }

  /** The storage name of a pack. */
  public static ObjectName name(ObjectId pack) {
    return ObjectNames.of(ObjectKind.PACK, pack);
  }

  /**
   * Reads a pack's table of contents.
   *
   * @throws DamagedException where the pack is missing or its head, table or foot is not what it
   *     was
   */
  public PackTable table(ObjectId pack) {
    String name = name(pack).toString();
    long size =
        storage.size(name(pack)).orElseThrow(() -> new DamagedException(name, "it is missing"));
    return table(pack, size, (offset, length) -> read(pack, offset, length));
  }

  /** A part of a pack's file. */
  private interface Part {
    byte[] read(long offset, int length);
  }

  private PackTable table(ObjectId pack, long size, Part part) {
    String name = name(pack).toString();
    if (size < PackFormat.minSize()) {
      throw new DamagedException(name, "it has only " + size + " bytes");
    }
    byte[] head = part.read(0, PackFormat.FIRST_BLOCK);
    ObjectHeader.check(name, ObjectKind.PACK, pack, head);
    byte[] footer = part.read(size - PackFormat.FOOTER, PackFormat.FOOTER);
    ByteReader in = new ByteReader(footer);
    long tableLength = in.u32() & 0xffffffffL;
    long tableStart = size - PackFormat.FOOTER - tableLength;
    if (in.u32() != PackFormat.MAGIC
        || tableStart < PackFormat.FIRST_BLOCK
        || tableLength > Storage.MOST_AT_ONCE) {
      throw new DamagedException(name, "its end is not that of a pack");
    }
    byte[] sealed = part.read(tableStart, (int) tableLength);
    List<BlockInfo> blocks = openTable(pack, head, footer, sealed);
    long end = PackFormat.FIRST_BLOCK + blocks.stream().mapToLong(BlockInfo::storedLength).sum();
    if (end != tableStart) {
      throw new DamagedException(name, "its table does not match its length");
    }
    return new PackTable(pack, size, blocks);
  }

  /**
   * A pack's file, of which every byte was under a seal that opened.
   *
   * @param table its table
   * @param bytes the file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record WholePack(PackTable table, byte[] bytes) {}

  /**
   * Reads a whole pack, to be stored elsewhere as it is.
   *
   * @throws DamagedException where the pack is missing, or not what was written
   * @throws org.mailkeep.model.error.KeyException where the keys may not read
   */
  public WholePack whole(ObjectId pack) {
    String name = name(pack).toString();
    long size =
        storage.size(name(pack)).orElseThrow(() -> new DamagedException(name, "it is missing"));
    if (size > PackFormat.MAX_SIZE) {
      throw new DamagedException(name, "it is larger than a pack can be");
    }
    byte[] bytes = read(pack, 0, (int) size);
    Part part = (offset, length) -> Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    PackTable table = table(pack, size, part);
    BlockOpener blocks = opener(pack, part.read(0, PackFormat.FIRST_BLOCK));
    for (BlockLocation block : table.locations()) {
      byte[] sealed = part.read(block.offset(), block.storedLength());
      byte[] _ = open(pack, blocks, block.number(), block.kind(), sealed);
    }
    return new WholePack(table, bytes);
  }

  private List<BlockInfo> openTable(ObjectId pack, byte[] head, byte[] footer, byte[] sealed) {
    byte[] covered = new ByteWriter(2048).raw(head).raw(footer).toByteArray();
    try {
      byte[] table =
          keys.symmetricOpener(Purpose.PACK_TABLE, pack)
              .open(PackFormat.TABLE_NUMBER, covered, sealed);
      ByteReader in = new ByteReader(table);
      List<BlockInfo> blocks = BlockTableCodec.read(in);
      in.end();
      return blocks;
    } catch (SealBrokenException e) {
      throw new DamagedException(name(pack).toString(), "its table of contents does not open");
    } catch (MalformedException e) {
      throw new DamagedException(name(pack).toString(), "its table: " + e.getMessage());
    }
  }

  /**
   * The compressed bytes of one block.
   *
   * @throws DamagedException where the pack is missing, or the block is not what it was
   * @throws org.mailkeep.model.error.KeyException where the keys may not read
   */
  public byte[] block(ObjectId pack, int number, BlockKind kind, long offset, int storedLength) {
    BlockOpener opener = opener(pack);
    byte[] sealed = read(pack, offset, storedLength);
    return open(pack, opener, number, kind, sealed);
  }

  private static byte[] open(
      ObjectId pack, BlockOpener opener, int number, BlockKind kind, byte[] sealed) {
    if (sealed.length < BlockSealer.OVERHEAD) {
      throw new DamagedException(name(pack).toString(), "block " + number + " is too short");
    }
    try {
      return opener.open(number, PackFormat.blockData(kind), sealed);
    } catch (SealBrokenException e) {
      throw new DamagedException(name(pack).toString(), "block " + number + " does not open");
    }
  }

  private BlockOpener opener(ObjectId pack) {
    synchronized (openers) {
      BlockOpener known = openers.get(pack);
      if (known != null) {
        return known;
      }
    }
    if (opener.isEmpty()) {
      throw KeyException.fullKeyNeeded();
    }
    return opener(pack, read(pack, 0, PackFormat.FIRST_BLOCK));
  }

  private BlockOpener opener(ObjectId pack, byte[] head) {
    Opener mine = opener.orElseThrow(KeyException::fullKeyNeeded);
    ObjectHeader.check(name(pack).toString(), ObjectKind.PACK, pack, head);
    Envelope envelope = Envelope.read(new ByteReader(head, ObjectHeader.LENGTH, Envelope.LENGTH));
    try {
      BlockOpener blocks = mine.open(envelope, pack, ObjectKind.PACK.code());
      synchronized (openers) {
        openers.put(pack, blocks);
      }
      return blocks;
    } catch (SealBrokenException e) {
      throw new DamagedException(name(pack).toString(), "its envelope does not open");
    } catch (KeyException e) {
      // The key's id may be damaged; the table's seal covers it and needs no data key.
      PackTable _ = table(pack);
      throw e;
    }
  }

  private byte[] read(ObjectId pack, long offset, int length) {
    byte[] bytes = new byte[length];
    try {
      storage.read(name(pack), offset, ByteBuffer.wrap(bytes));
      return bytes;
    } catch (NotFoundException e) {
      throw new DamagedException(name(pack).toString(), "it is missing");
    }
  }
}
