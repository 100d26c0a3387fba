package org.mailkeep.repository.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Opener;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.snapshot.ManifestCodec;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/** The snapshots of a repository. Safe for use by many threads. */
public final class Snapshots {

  private final Storage storage;
  private final KeySet keys;

  /** The snapshots in this storage. */
  public Snapshots(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /** The ids of all snapshots, in no order. */
  public List<ObjectId> ids() {
    List<ObjectId> ids = new ArrayList<>();
    storage.list(
        ObjectNames.folder(ObjectKind.SNAPSHOT),
        object -> ObjectNames.id(ObjectKind.SNAPSHOT, object.name()).ifPresent(ids::add));
    return ids;
  }

  /**
   * All snapshots, the oldest first.
   *
   * @param unusable is given the reasons why some cannot be read: damage, or a later version
   */
  public List<Snapshot> list(Consumer<MailkeepException> unusable) {
    List<Snapshot> snapshots = new ArrayList<>();
    Opener opener = SealedDocument.opener(keys);
    for (ObjectId id : ids()) {
      try {
        snapshots.add(load(id, opener));
      } catch (UnreadableException e) {
        unusable.accept(e);
      } catch (NotFoundException e) {
        // It was forgotten meanwhile.
      }
    }
    snapshots.sort(Snapshot.OLDEST_FIRST);
    return snapshots;
  }

  /** One snapshot. */
  public Snapshot load(ObjectId id) {
    return load(id, SealedDocument.opener(keys));
  }

  /**
   * The object of one snapshot, to be stored elsewhere as it is; it was opened, so that every byte
   * of it is what was written.
   */
  public byte[] object(ObjectId id) {
    byte[] object = storage.get(ObjectNames.of(ObjectKind.SNAPSHOT, id));
    Snapshot _ = decode(id, SealedDocument.opener(keys), object);
    return object;
  }

  private Snapshot load(ObjectId id, Opener opener) {
    return decode(id, opener, storage.get(ObjectNames.of(ObjectKind.SNAPSHOT, id)));
  }

  private static Snapshot decode(ObjectId id, Opener opener, byte[] object) {
    String name = ObjectNames.of(ObjectKind.SNAPSHOT, id).toString();
    byte[] content = SealedDocument.open(ObjectKind.SNAPSHOT, opener, id, object);
    try {
      return new Snapshot(id, ManifestCodec.decode(content));
    } catch (MalformedException e) {
      throw new DamagedException(name, e.getMessage());
    } catch (TaggedFields.UnknownFieldException e) {
      throw new TooNewException(name, e.getMessage());
    }
  }

  /** The length of a snapshot's object in bytes; 0 where it is gone. */
  public long size(ObjectId id) {
    return storage.size(ObjectNames.of(ObjectKind.SNAPSHOT, id)).orElse(0);
  }

  /** Removes a snapshot; what it holds stays until a prune. One that is gone already is fine. */
  public void delete(ObjectId id) {
    storage.delete(ObjectNames.of(ObjectKind.SNAPSHOT, id));
  }

  /** Stores a manifest: from here on the snapshot exists. */
  public Snapshot save(Manifest manifest, SealingSession session) {
    SealedDocument.Sealed sealed =
        SealedDocument.seal(ObjectKind.SNAPSHOT, session, ManifestCodec.encode(manifest));
    storage.put(ObjectNames.of(ObjectKind.SNAPSHOT, sealed.id()), ObjectContent.of(sealed.bytes()));
    return new Snapshot(sealed.id(), manifest);
  }
}
