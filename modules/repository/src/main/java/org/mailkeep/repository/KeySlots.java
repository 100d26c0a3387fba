package org.mailkeep.repository;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.crypto.SlotSecret;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * The key slots of a repository, one object each under {@code keys/}. Slots of another repository,
 * which a creation that was cut off may have left there, count as missing.
 */
public final class KeySlots {

  private static final ObjectFolder FOLDER = ObjectFolder.ROOT.folder("keys");

  private final Storage storage;
  private final RepositoryId repository;

  /** The slots of this repository in this storage. */
  public KeySlots(Storage storage, RepositoryId repository) {
    this.storage = storage;
    this.repository = repository;
  }

  /**
   * All slots, the oldest first.
   *
   * @param unusable is given the reasons why some cannot be used: damage, or a later version
   */
  public List<KeySlot> list(Consumer<MailkeepException> unusable) {
    List<ObjectName> names = new ArrayList<>();
    storage.list(FOLDER, object -> names.add(object.name()));
    List<KeySlot> slots = new ArrayList<>();
    for (ObjectName name : names) {
      try {
        KeySlot slot = KeySlot.parse(name.toString(), storage.get(name));
        if (!slot.objectName().equals(name.toString())) {
          throw new DamagedException(name.toString(), "it is the slot of another name");
        }
        if (slot.repository().equals(repository)) {
          slots.add(slot);
        }
      } catch (DamagedException | TooNewException e) {
        unusable.accept(e);
      }
    }
    slots.sort(Comparator.comparing(KeySlot::created).thenComparing(KeySlot::objectName));
    return slots;
  }

  /** The keys that this secret opens, trying the slots that take such a secret. */
  public static Optional<KeySet> open(List<KeySlot> slots, SlotKind kind, SlotSecret secret) {
    return slots.stream()
        .filter(slot -> slot.kind() == kind)
        .flatMap(slot -> slot.open(secret).stream())
        .findFirst();
  }

  /** Stores a new slot. */
  public void add(KeySlot slot) {
    storage.put(ObjectName.of(slot.objectName()), ObjectContent.of(slot.encode()));
  }
}
