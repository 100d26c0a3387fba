package org.mailkeep.repository.index;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/**
 * The index segments in the repository. A segment's content: the number of packs; for each its id
 * (32 bytes), the length of its file (varint) and its blocks ({@link EncodedTable}).
 */
public final class IndexSegments {

  /** Packs in one segment at most. */
  public static final int MAX_PACKS = 32;

  /**
   * Bytes of packs' tables after which a segment is closed, so that it can be made and read at
   * once: as objects, tables of small messages take eight times as much.
   */
  public static final int TARGET_SIZE = 4 << 20;

  private final Storage storage;
  private final KeySet keys;
  private final SecureRandom random;

  /** The segments in this storage. */
  public IndexSegments(Storage storage, KeySet keys) {
    this(storage, keys, new SecureRandom());
  }

  /** As above; new segments' ids come from {@code random}. */
  public IndexSegments(Storage storage, KeySet keys, SecureRandom random) {
    this.storage = storage;
    this.keys = keys;
    this.random = random;
  }

  /** The ids of all segments, in order. */
  public Set<ObjectId> list() {
    Set<ObjectId> ids = new TreeSet<>();
    storage.list(
        ObjectNames.folder(ObjectKind.INDEX),
        object -> ObjectNames.id(ObjectKind.INDEX, object.name()).ifPresent(ids::add));
    return ids;
  }

  /** Stores a segment and gives its id; it is durable when this returns. */
  public ObjectId write(List<PackTable> packs) {
    return writeEncoded(packs.stream().map(EncodedTable::of).toList());
  }

  /** As {@link #write}, of tables that never become objects. */
  ObjectId writeEncoded(List<EncodedTable> packs) {
    SealedDocument.Sealed sealed =
        SealedDocument.sealSymmetric(
            ObjectKind.INDEX, keys, Purpose.INDEX, ObjectId.generate(random), content(packs));
    storage.put(ObjectNames.of(ObjectKind.INDEX, sealed.id()), ObjectContent.of(sealed.bytes()));
    return sealed.id();
  }

  private static byte[] content(List<EncodedTable> packs) {
    int length = packs.stream().mapToInt(pack -> ObjectId.LENGTH + pack.bytes().length).sum();
    ByteWriter out = new ByteWriter(length + 10).varint(packs.size());
    for (EncodedTable pack : packs) {
      pack.pack().write(out);
      out.raw(pack.bytes());
    }
    return out.toByteArray();
  }

  /** Whether a segment holds exactly these tables, in this order. */
  boolean isOf(ObjectId id, List<EncodedTable> packs) {
    try {
      return Arrays.equals(content(id), content(packs));
    } catch (DamagedException e) {
      return false;
    }
  }

  /** Removes a segment; one that is gone already is fine. */
  public void delete(ObjectId id) {
    storage.delete(ObjectNames.of(ObjectKind.INDEX, id));
  }

  /**
   * Reads a segment.
   *
   * @throws DamagedException where it is not what was written
   */
  public List<PackTable> read(ObjectId id) {
    try {
      return decode(content(id));
    } catch (MalformedException e) {
      throw new DamagedException(ObjectNames.of(ObjectKind.INDEX, id).toString(), e.getMessage());
    }
  }

  private byte[] content(ObjectId id) {
    byte[] object = storage.get(ObjectNames.of(ObjectKind.INDEX, id));
    return SealedDocument.openSymmetric(ObjectKind.INDEX, keys, Purpose.INDEX, id, object);
  }

  private static List<PackTable> decode(byte[] content) {
    ByteReader in = new ByteReader(content);
    List<PackTable> packs = new ArrayList<>();
    for (int left = in.countOf(ObjectId.LENGTH); left > 0; left--) {
      packs.add(EncodedTable.read(ObjectId.read(in), in));
    }
    in.end();
    return packs;
  }
}
