package org.mailkeep.repository.parity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** The parity of packs: made, looked at, used. Safe for use by many threads. */
public final class PackParity {

  private static final String FOLDER = "parity";
  private static final int PIECE = 1 << 20;

  private final Storage storage;

  /** The parity in this storage. */
  public PackParity(Storage storage) {
    this.storage = storage;
  }

  /** The folder of all parity. */
  public static ObjectFolder folder() {
    return ObjectFolder.ROOT.folder(FOLDER);
  }

  /** The name of a pack's parity. */
  public static ObjectName name(ObjectId pack) {
    String id = pack.toString();
    return folder().folder(id.substring(0, 2)).object(id);
  }

  /** The pack whose parity has this name; empty for any other object. */
  public static Optional<ObjectId> pack(ObjectName name) {
    return ObjectId.parse(name.id()).filter(id -> name(id).equals(name));
  }

  /**
   * Makes and stores the parity of a pack; a pack too long for it has none.
   *
   * @param content the pack's bytes, in parts
   * @param percent of its length, 1 to {@link ParitySetting#MOST_PERCENT}
   * @return the bytes stored
   */
  public long store(ObjectId pack, List<byte[]> content, int percent) {
    long length = content.stream().mapToLong(part -> part.length).sum();
    if (length > ParityLayout.LONGEST_PACK) {
      return 0;
    }
    ParityLayout layout = ParityLayout.of(length, percent);
    ParityEncoder encoder = new ParityEncoder(layout);
    for (byte[] part : content) {
      encoder.add(part, 0, part.length);
    }
    List<byte[]> parts = ParityFile.encode(pack, layout, encoder);
    storage.put(name(pack), ObjectContent.of(parts.toArray(byte[][]::new)));
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  /** Whether the pack has parity, whole or not. */
  public boolean exists(ObjectId pack) {
    return storage.size(name(pack)).isPresent();
  }

  /**
   * Whether all of the pack's parity is what was written.
   *
   * @throws NotFoundException where there is none
   */
  public boolean isWhole(ObjectId pack) {
    ObjectName name = name(pack);
    long size =
        storage.size(name).orElseThrow(() -> new NotFoundException(name + " does not exist", ""));
    if (size > ParityLayout.LONGEST_PACK) {
      return false;
    }
    byte[] bytes = new byte[(int) size];
    return readPieces(name, bytes)
        && ParityFile.decode(pack, bytes).filter(ParityFile::isWhole).isPresent();
  }

  /**
   * Names each pack that is gone and left its parity behind. A writer stores a pack before its
   * parity, so none that is being written is among them.
   *
   * @param mayBeGone whether the storage is to be asked for a pack
   * @param each may use the storage
   */
  public void forEachOrphan(Predicate<ObjectId> mayBeGone, Consumer<ObjectId> each) {
    storage.list(
        folder(),
        object ->
            pack(object.name())
                .filter(mayBeGone)
                .filter(pack -> storage.size(ObjectNames.of(ObjectKind.PACK, pack)).isEmpty())
                .ifPresent(each));
  }

  /** Removes the pack's parity, if there is any. */
  public void delete(ObjectId pack) {
    storage.delete(name(pack));
  }

  /**
   * A pack with its bad sectors brought back.
   *
   * @param bytes all of the pack
   * @param bad how many sectors were wrong
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Mended(byte[] bytes, int bad) {}

  /**
   * Reads a pack and mends it. Sectors that the storage cannot read, and those that it has no more
   * because the object was cut short, count as lost.
   *
   * @return empty where there is no parity, or more is lost than it can bring back
   */
  public Optional<Mended> mend(ObjectId pack) {
    OptionalLong size = storage.size(name(pack));
    if (size.isEmpty() || size.getAsLong() > ParityLayout.LONGEST_PACK) {
      return Optional.empty();
    }
    byte[] object = new byte[(int) size.getAsLong()];
    readPieces(name(pack), object);
    return ParityFile.decode(pack, object).flatMap(parity -> mend(pack, parity));
  }

  private Optional<Mended> mend(ObjectId pack, ParityFile parity) {
    ObjectName name = ObjectNames.of(ObjectKind.PACK, pack);
    OptionalLong size = storage.size(name);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) parity.layout().packLength()];
    byte[] there = new byte[(int) Math.min(size.getAsLong(), bytes.length)];
    readPieces(name, there);
    System.arraycopy(there, 0, bytes, 0, there.length);
    OptionalInt bad = new PackCorrection(parity, bytes).correct();
    return bad.isEmpty() ? Optional.empty() : Optional.of(new Mended(bytes, bad.getAsInt()));
  }

  /** Reads all that can be read, and says whether that is all; the rest stays zero. */
  private boolean readPieces(ObjectName name, byte[] bytes) {
    boolean all = true;
    for (int start = 0; start < bytes.length; start += PIECE) {
      int end = Math.min(bytes.length, start + PIECE);
      all &= read(name, bytes, start, end) || readSectors(name, bytes, start, end);
    }
    return all;
  }

  private boolean readSectors(ObjectName name, byte[] bytes, int from, int to) {
    boolean all = true;
    for (int start = from; start < to; start += ParityLayout.SECTOR) {
      all &= read(name, bytes, start, Math.min(to, start + ParityLayout.SECTOR));
    }
    return all;
  }

  private boolean read(ObjectName name, byte[] bytes, int start, int end) {
    try {
      storage.read(name, start, ByteBuffer.wrap(bytes, start, end - start));
      return true;
    } catch (StorageException | DamagedException e) {
      // A bad sector: what came of it must not pass for the rest.
      Arrays.fill(bytes, start, end, (byte) 0);
      return false;
    }
  }
}
