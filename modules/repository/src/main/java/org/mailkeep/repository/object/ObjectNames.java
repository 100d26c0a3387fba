package org.mailkeep.repository.object;

import java.util.Optional;
import org.mailkeep.model.ObjectId;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;

/** Where objects stand: {@code packs/4f/4f21…}, {@code index/…}, {@code snapshots/…}. */
public final class ObjectNames {

  private ObjectNames() {}

  /** The folder of all objects of a kind. */
  public static ObjectFolder folder(ObjectKind kind) {
    return ObjectFolder.ROOT.folder(kind.folder());
  }

  /** The name of an object; packs are spread over 256 folders by the first byte of their ids. */
  public static ObjectName of(ObjectKind kind, ObjectId id) {
    String hex = id.toString();
    ObjectFolder folder = folder(kind);
    return (kind == ObjectKind.PACK ? folder.folder(hex.substring(0, 2)) : folder).object(hex);
  }

  /** The id of the object that has this name; empty for a name that is none of ours. */
  public static Optional<ObjectId> id(ObjectKind kind, ObjectName name) {
    return ObjectId.parse(name.id()).filter(id -> of(kind, id).equals(name));
  }

  /** The id of the object that a text names; empty for a text that names none of ours. */
  public static Optional<ObjectId> parse(ObjectKind kind, String text) {
    String id = text.substring(text.lastIndexOf('/') + 1);
    return ObjectId.parse(id).filter(found -> of(kind, found).toString().equals(text));
  }
}
