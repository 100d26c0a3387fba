package org.mailkeep.repository.pack;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * Damaged packs that nobody is to rely on any more. What could be read of one is in other packs;
 * the object itself stays where it is, for somebody may still get more out of it, until it is
 * removed on purpose. That it was set aside says the object {@code set-aside/<pack id>}: magic
 * "MKSA", version 1, the pack's id, and HMAC-SHA-256 over these 37 bytes with the key for {@link
 * Purpose#SET_ASIDE}.
 */
public final class SetAsidePacks {

  private static final ObjectFolder FOLDER = ObjectFolder.ROOT.folder("set-aside");
  private static final int MAGIC = 0x4d4b5341;
  private static final int VERSION = 1;
  private static final int CODE = 32;

  private final Storage storage;
  private final KeySet keys;

  /** Those in this storage. */
  public SetAsidePacks(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /** The name of the object that says so. */
  public static ObjectName name(ObjectId pack) {
    return FOLDER.object(pack.toString());
  }

  /** Whether the pack was set aside by a holder of the keys. */
  public boolean contains(ObjectId pack) {
    if (storage.size(name(pack)).isEmpty()) {
      return false;
    }
    byte[] object = storage.get(name(pack));
    byte[] body = body(pack);
    return object.length == body.length + CODE
        && Arrays.equals(object, 0, body.length, body, 0, body.length)
        && keys.isMac(
            Arrays.copyOfRange(object, body.length, object.length), Purpose.SET_ASIDE, body);
  }

  /** Sets a pack aside; one that was before is fine. */
  public void add(ObjectId pack) {
    byte[] body = body(pack);
    try {
      storage.put(name(pack), ObjectContent.of(body, keys.mac(Purpose.SET_ASIDE, body)));
    } catch (RefusedException e) {
      if (!contains(pack)) {
        storage.delete(name(pack));
        storage.put(name(pack), ObjectContent.of(body, keys.mac(Purpose.SET_ASIDE, body)));
      }
    }
  }

  /** Names each pack that was set aside; {@code each} may use the storage. */
  public void list(Consumer<ObjectId> each) {
    storage.list(
        FOLDER,
        object -> {
          Optional<ObjectId> pack =
              ObjectId.parse(object.name().id()).filter(id -> name(id).equals(object.name()));
          pack.filter(this::contains).ifPresent(each);
        });
  }

  /** Removes a pack that was set aside, for good. */
  public void delete(ObjectId pack) {
    if (contains(pack)) {
      storage.delete(PackReader.name(pack));
      storage.delete(PackParity.name(pack));
      storage.delete(name(pack));
    }
  }

  private static byte[] body(ObjectId pack) {
    ByteWriter out = new ByteWriter().u32(MAGIC).u8(VERSION);
    pack.write(out);
    return out.toByteArray();
  }
}
