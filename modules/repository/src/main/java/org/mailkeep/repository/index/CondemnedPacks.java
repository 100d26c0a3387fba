package org.mailkeep.repository.index;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * The lists of packs that a prune condemned and a later one removes. Whoever writes takes the
 * chunks in these packs for missing, so that nothing new comes to depend on them.
 */
public final class CondemnedPacks {

  /** Packs in one list at most, so that it can be read at once. */
  public static final int MAX_PACKS = 1 << 16;

  private static final int TIME = 1;
  private static final int GRACE = 3;
  private static final int PACKS = 5;

  private final Storage storage;
  private final KeySet keys;
  private final SecureRandom random = new SecureRandom();

  /** The lists in this storage. */
  public CondemnedPacks(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /**
   * One list.
   *
   * @param id its id
   * @param time when it was written, by the clock of who wrote it
   * @param grace for how long after that its packs stay
   * @param packs the packs, in order, none twice
   */
  public record Condemned(ObjectId id, Instant time, Duration grace, List<ObjectId> packs) {
    /** Copies the list. */
    public Condemned {
      packs = List.copyOf(packs);
    }

    /** From when on its packs may be removed. */
    public Instant end() {
      return time.plus(grace);
    }
  }

  /** The ids of all lists, in order. */
  public Set<ObjectId> list() {
    Set<ObjectId> ids = new TreeSet<>();
    storage.list(
        ObjectNames.folder(ObjectKind.CONDEMNED),
        object -> ObjectNames.id(ObjectKind.CONDEMNED, object.name()).ifPresent(ids::add));
    return ids;
  }

  /** Stores a list; it is durable when this returns. */
  public Condemned write(Instant time, Duration grace, List<ObjectId> packs) {
    Condemned list =
        new Condemned(
            ObjectId.generate(random), time, grace, packs.stream().sorted().distinct().toList());
    SealedDocument.Sealed sealed =
        SealedDocument.sealSymmetric(
            ObjectKind.CONDEMNED, keys, Purpose.CONDEMNED, list.id(), encode(list));
    storage.put(name(list.id()), ObjectContent.of(sealed.bytes()));
    return list;
  }

  /**
   * Reads a list.
   *
   * @throws DamagedException where it is not what was written
   * @throws TooNewException where a newer program put in what must be understood
   */
  public Condemned read(ObjectId id) {
    String name = name(id).toString();
    byte[] content =
        SealedDocument.openSymmetric(
            ObjectKind.CONDEMNED, keys, Purpose.CONDEMNED, id, storage.get(name(id)));
    try {
      return decode(id, content);
    } catch (MalformedException e) {
      throw new DamagedException(name, e.getMessage());
    } catch (TaggedFields.UnknownFieldException e) {
      throw new TooNewException(name, e.getMessage());
    }
  }

  /** Removes a list whose packs are gone, or are in another one. */
  public void delete(ObjectId id) {
    storage.delete(name(id));
  }

  private static ObjectName name(ObjectId id) {
    return ObjectNames.of(ObjectKind.CONDEMNED, id);
  }

  static byte[] encode(Condemned list) {
    return new TaggedFields.Writer()
        .field(TIME, w -> writeTime(list.time(), w))
        .field(GRACE, w -> w.varint(list.grace().toSeconds()))
        .field(PACKS, w -> list.packs().forEach(pack -> pack.write(w)))
        .toByteArray();
  }

  static Condemned decode(ObjectId id, byte[] content) {
    TaggedFields.Reader in = new TaggedFields.Reader(content);
    Condemned list =
        new Condemned(
            id,
            in.one(TIME, CondemnedPacks::readTime),
            in.one(GRACE, r -> Duration.ofSeconds(r.count(Integer.MAX_VALUE))),
            in.one(PACKS, CondemnedPacks::readPacks));
    in.requireAllKnown();
    return list;
  }

  private static void writeTime(Instant time, ByteWriter out) {
    out.signedVarint(time.getEpochSecond()).varint(time.getNano());
  }

  private static Instant readTime(ByteReader in) {
    long seconds = in.signedVarint();
    // A time plus the longest grace must be a time.
    long last = Instant.MAX.getEpochSecond() - Integer.MAX_VALUE - 1;
    if (seconds < Instant.MIN.getEpochSecond() || seconds > last) {
      throw new MalformedException("a time out of range");
    }
    return Instant.ofEpochSecond(seconds, in.count(999_999_999));
  }

  private static List<ObjectId> readPacks(ByteReader in) {
    List<ObjectId> packs = new ArrayList<>();
    while (in.remaining() > 0) {
      ObjectId pack = ObjectId.read(in);
      if (packs.size() == MAX_PACKS || (!packs.isEmpty() && packs.getLast().compareTo(pack) >= 0)) {
        throw new MalformedException("its packs are out of order, or too many");
      }
      packs.add(pack);
    }
    return packs;
  }
}
