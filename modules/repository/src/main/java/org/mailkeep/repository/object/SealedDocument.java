package org.mailkeep.repository.object;

import java.util.Arrays;
import org.mailkeep.crypto.BlockOpener;
import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.Envelope;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Opener;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.crypto.SealBrokenException;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;

/**
 * Small objects that are sealed as a whole: snapshots to the data key, index segments
 * symmetrically. The file is the header, for a snapshot the envelope, and the sealed content as
 * block 0, with everything before it as additional data.
 */
public final class SealedDocument {

  private static final long ONLY_BLOCK = 0;

  private SealedDocument() {}

  /**
   * An object ready to be stored.
   *
   * @param id its id
   * @param bytes its file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Sealed(ObjectId id, byte[] bytes) {}

  /** Seals to the data key. */
  public static Sealed seal(ObjectKind kind, SealingSession session, byte[] content) {
    BlockSealer sealer = session.newObject(kind.code());
    ByteWriter out = new ByteWriter(content.length + 2048);
    ObjectHeader.write(kind, sealer.id(), out);
    session.envelope().write(out);
    byte[] sealed = sealer.seal(ONLY_BLOCK, out.toByteArray(), content);
    return new Sealed(sealer.id(), out.raw(sealed).toByteArray());
  }

  /**
   * Opens what {@link #seal} sealed.
   *
   * @throws DamagedException where it is not what was sealed under this id
   */
  public static byte[] open(ObjectKind kind, Opener opener, ObjectId id, byte[] object) {
    String name = ObjectNames.of(kind, id).toString();
    ObjectHeader.check(name, kind, id, object);
    int start = ObjectHeader.LENGTH + Envelope.LENGTH;
    if (object.length < start + BlockSealer.OVERHEAD) {
      throw new DamagedException(name, "it has only " + object.length + " bytes");
    }
    Envelope envelope = Envelope.read(new ByteReader(object, ObjectHeader.LENGTH, Envelope.LENGTH));
    try {
      return open(opener.open(envelope, id, kind.code()), name, object, start);
    } catch (SealBrokenException | KeyException e) {
      // A changed key id in the envelope looks like a key that we lack; the object tells no more.
      throw new DamagedException(name, "its envelope does not open");
    }
  }

  /** Seals so that every holder of a key set can open. */
  public static Sealed sealSymmetric(
      ObjectKind kind, KeySet keys, Purpose purpose, ObjectId id, byte[] content) {
    ByteWriter out = new ByteWriter(content.length + 128);
    ObjectHeader.write(kind, id, out);
    byte[] sealed = keys.symmetricSealer(purpose, id).seal(ONLY_BLOCK, out.toByteArray(), content);
    return new Sealed(id, out.raw(sealed).toByteArray());
  }

  /**
   * Opens what {@link #sealSymmetric} sealed.
   *
   * @throws DamagedException where it is not what was sealed under this id
   */
  public static byte[] openSymmetric(
      ObjectKind kind, KeySet keys, Purpose purpose, ObjectId id, byte[] object) {
    String name = ObjectNames.of(kind, id).toString();
    ObjectHeader.check(name, kind, id, object);
    return open(keys.symmetricOpener(purpose, id), name, object, ObjectHeader.LENGTH);
  }

  /** The opener of these keys, if they may read. */
  public static Opener opener(KeySet keys) {
    if (keys instanceof FullKeys full) {
      return full.opener();
    }
    throw KeyException.fullKeyNeeded();
  }

  private static byte[] open(BlockOpener opener, String name, byte[] object, int start) {
    byte[] covered = Arrays.copyOf(object, start);
    byte[] sealed = Arrays.copyOfRange(object, start, object.length);
    try {
      return opener.open(ONLY_BLOCK, covered, sealed);
    } catch (SealBrokenException e) {
      throw new DamagedException(name, "its seal is broken");
    }
  }
}
