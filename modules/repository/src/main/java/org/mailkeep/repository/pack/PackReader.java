package org.mailkeep.repository.pack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.object.ObjectHeader;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * Reads packs' tables and opens their blocks, by way of the pack's parity where it must. Safe for
 * use by many threads.
 */
public final class PackReader {

  private static final int REMEMBERED = 256;

  private final Storage storage;
  private final KeySet keys;
  private final Optional<Opener> opener;
  private final MendedPacks mended;
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
    this.mended = new MendedPacks(new PackParity(storage));
    this.opener = keys instanceof FullKeys full ? Optional.of(full.opener()) : Optional.empty();
  }

  /** The storage name of a pack. */
  public static ObjectName name(ObjectId pack) {
    return ObjectNames.of(ObjectKind.PACK, pack);
  }

  /**
   * Tells this listener of each pack that was read by way of its parity, once. Without, nobody is
   * told.
   */
  public void onMended(Consumer<MendedPack> listener) {
    mended.listen(listener);
  }

  /**
   * Reads a pack's table of contents.
   *
   * @throws DamagedException where the pack is missing or its head, table or foot is not what it
   *     was
   */
  public PackTable table(ObjectId pack) {
    return read(pack, (bytes, _) -> table(pack, bytes));
  }

  /** Reads from the storage, and where that fails by way of the pack's parity. */
  private <T> T read(ObjectId pack, BiFunction<PackBytes, Boolean, T> reading) {
    try {
      return reading.apply(PackBytes.stored(storage, pack), true);
    } catch (UnreadableException | StorageException e) {
      PackBytes mendedBytes = mend(pack, e).orElseThrow(() -> e);
      return reading.apply(mendedBytes, false);
    }
  }

  private Optional<PackBytes> mend(ObjectId pack, MailkeepException failure) {
    try {
      return mended.mend(pack);
    } catch (StorageException e) {
      // The storage is out of reach altogether: the first failure says so.
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  private PackTable table(ObjectId pack, PackBytes bytes) {
    String name = name(pack).toString();
    long size = bytes.size();
    if (size < PackFormat.minSize()) {
      throw new DamagedException(name, "it has only " + size + " bytes");
    }
    byte[] head = bytes.read(0, PackFormat.FIRST_BLOCK);
    ObjectHeader.check(name, ObjectKind.PACK, pack, head);
    byte[] footer = bytes.read(size - PackFormat.FOOTER, PackFormat.FOOTER);
    ByteReader in = new ByteReader(footer);
    long tableLength = in.u32() & 0xffffffffL;
    long tableStart = size - PackFormat.FOOTER - tableLength;
    if (in.u32() != PackFormat.MAGIC
        || tableStart < PackFormat.FIRST_BLOCK
        || tableLength > Storage.MOST_AT_ONCE) {
      throw new DamagedException(name, "its end is not that of a pack");
    }
    byte[] sealed = bytes.read(tableStart, (int) tableLength);
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
    return read(pack, (bytes, _) -> whole(pack, bytes));
  }

  private WholePack whole(ObjectId pack, PackBytes stored) {
    if (stored.size() > PackFormat.MAX_SIZE) {
      throw new DamagedException(name(pack).toString(), "it is larger than a pack can be");
    }
    byte[] file = stored.read(0, (int) stored.size());
    PackBytes bytes = PackBytes.of(pack, file);
    PackTable table = table(pack, bytes);
    BlockOpener blocks = openerFrom(pack, bytes);
    for (BlockLocation block : table.locations()) {
      byte[] sealed = bytes.read(block.offset(), block.storedLength());
      byte[] _ = open(pack, blocks, block.number(), block.kind(), sealed);
    }
    return new WholePack(table, file);
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
    return read(
        pack,
        (bytes, isStored) -> {
          // The head that is stored may be the bad sector.
          BlockOpener blocks = isStored ? opener(pack, bytes) : openerFrom(pack, bytes);
          return open(pack, blocks, number, kind, bytes.read(offset, storedLength));
        });
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

  private BlockOpener opener(ObjectId pack, PackBytes bytes) {
    synchronized (openers) {
      BlockOpener known = openers.get(pack);
      if (known != null) {
        return known;
      }
    }
    BlockOpener blocks = openerFrom(pack, bytes);
    synchronized (openers) {
      openers.put(pack, blocks);
    }
    return blocks;
  }

  private BlockOpener openerFrom(ObjectId pack, PackBytes bytes) {
    Opener mine = opener.orElseThrow(KeyException::fullKeyNeeded);
    byte[] head = bytes.read(0, PackFormat.FIRST_BLOCK);
    ObjectHeader.check(name(pack).toString(), ObjectKind.PACK, pack, head);
    Envelope envelope = Envelope.read(new ByteReader(head, ObjectHeader.LENGTH, Envelope.LENGTH));
    try {
      return mine.open(envelope, pack, ObjectKind.PACK.code());
    } catch (SealBrokenException e) {
      throw new DamagedException(name(pack).toString(), "its envelope does not open");
    } catch (KeyException e) {
      // The key's id may be damaged; the table's seal covers it and needs no data key.
      PackTable _ = table(pack, bytes);
      throw e;
    }
  }
}
