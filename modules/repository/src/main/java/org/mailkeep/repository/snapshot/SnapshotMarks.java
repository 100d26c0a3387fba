package org.mailkeep.repository.snapshot;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/**
 * What was decided about snapshots after they were made. A manifest never changes, so each decision
 * is an object of its own, and taking it back removes that object.
 */
public final class SnapshotMarks {

  private static final int SNAPSHOT = 1;
  private static final int MEANING = 3;
  private static final int TIME = 2;

  private final Storage storage;
  private final KeySet keys;
  private final SecureRandom random = new SecureRandom();

  /** The marks in this storage. */
  public SnapshotMarks(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /** What a mark says. */
  public enum Meaning {
    /** Forget keeps the snapshot. */
    PINNED(1),
    /** The mass change that the snapshot tells of was meant. */
    ACCEPTED(2);

    private final int code;

    Meaning(int code) {
      this.code = code;
    }

    private static Meaning of(long code) {
      for (Meaning meaning : values()) {
        if (meaning.code == code) {
          return meaning;
        }
      }
      throw new MalformedException("a mark of unknown meaning");
    }
  }

  /**
   * A mark.
   *
   * @param id its own id
   * @param snapshot which snapshot it is about, which may be gone
   * @param meaning what it says
   * @param time when it was made
   */
  public record Mark(ObjectId id, ObjectId snapshot, Meaning meaning, Instant time) {}

  /**
   * All marks, in no order.
   *
   * @param unusable is given the reasons why some cannot be read
   */
  public List<Mark> list(Consumer<MailkeepException> unusable) {
    List<ObjectId> ids = new ArrayList<>();
    storage.list(
        ObjectNames.folder(ObjectKind.MARK),
        object -> ObjectNames.id(ObjectKind.MARK, object.name()).ifPresent(ids::add));
    List<Mark> marks = new ArrayList<>();
    for (ObjectId id : ids) {
      try {
        marks.add(read(id));
      } catch (UnreadableException e) {
        unusable.accept(e);
      } catch (NotFoundException e) {
        // It was taken back meanwhile.
      }
    }
    return marks;
  }

  /** Makes a mark; it is durable when this returns. */
  public Mark add(ObjectId snapshot, Meaning meaning, Instant time) {
    Mark mark = new Mark(ObjectId.generate(random), snapshot, meaning, time);
    SealedDocument.Sealed sealed =
        SealedDocument.sealSymmetric(ObjectKind.MARK, keys, Purpose.MARK, mark.id(), encode(mark));
    storage.put(ObjectNames.of(ObjectKind.MARK, mark.id()), ObjectContent.of(sealed.bytes()));
    return mark;
  }

  /** Takes a mark back. */
  public void remove(Mark mark) {
    storage.delete(ObjectNames.of(ObjectKind.MARK, mark.id()));
  }

  private Mark read(ObjectId id) {
    String name = ObjectNames.of(ObjectKind.MARK, id).toString();
    byte[] object = storage.get(ObjectNames.of(ObjectKind.MARK, id));
    byte[] content = SealedDocument.openSymmetric(ObjectKind.MARK, keys, Purpose.MARK, id, object);
    try {
      return decode(id, content);
    } catch (MalformedException e) {
      throw new DamagedException(name, e.getMessage());
    } catch (TaggedFields.UnknownFieldException e) {
      throw new TooNewException(name, e.getMessage());
    }
  }

  static byte[] encode(Mark mark) {
    return new TaggedFields.Writer()
        .field(SNAPSHOT, mark.snapshot()::write)
        .field(MEANING, w -> w.varint(mark.meaning().code))
        .field(TIME, w -> writeTime(mark.time(), w))
        .toByteArray();
  }

  static Mark decode(ObjectId id, byte[] content) {
    TaggedFields.Reader in = new TaggedFields.Reader(content);
    Mark mark =
        new Mark(
            id,
            in.one(SNAPSHOT, ObjectId::read),
            in.one(MEANING, r -> Meaning.of(r.varint())),
            in.one(TIME, SnapshotMarks::readTime));
    in.requireAllKnown();
    return mark;
  }

  private static void writeTime(Instant time, ByteWriter out) {
    out.signedVarint(time.getEpochSecond()).varint(time.getNano());
  }

  private static Instant readTime(ByteReader in) {
    long seconds = in.signedVarint();
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
      throw new MalformedException("a time out of range");
    }
    return Instant.ofEpochSecond(seconds, in.count(999_999_999));
  }
}
