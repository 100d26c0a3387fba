package org.mailkeep.repository;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySetKind;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.crypto.SlotSecret;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UnreadableException;
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

  private static final Comparator<KeySlot> BEST_FIRST =
      Comparator.comparing(KeySlot::holds)
          .thenComparing(Comparator.comparingInt(KeySlot::dataKeys).reversed())
          .thenComparing(Comparator.comparing(KeySlot::created).reversed());

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
    List<KeySlot> slots = new ArrayList<>();
    for (ObjectName name : objects()) {
      try {
        KeySlot slot = KeySlot.parse(name.toString(), storage.get(name));
        if (!slot.objectName().equals(name.toString())) {
          throw new DamagedException(name.toString(), "it is the slot of another name");
        }
        if (slot.repository().equals(repository)) {
          slots.add(slot);
        }
      } catch (UnreadableException e) {
        unusable.accept(e);
      }
    }
    slots.sort(Comparator.comparing(KeySlot::created).thenComparing(KeySlot::objectName));
    return slots;
  }

  /** The names of all objects among the slots, also of those that cannot be read. */
  public List<String> names() {
    return objects().stream().map(ObjectName::toString).toList();
  }

  private List<ObjectName> objects() {
    List<ObjectName> names = new ArrayList<>();
    storage.list(FOLDER, object -> names.add(object.name()));
    return names;
  }

  /**
   * A slot that a secret opened.
   *
   * @param slot the slot
   * @param keys what was in it
   */
  public record Opened(KeySlot slot, KeySet keys) {}

  /**
   * The best of the slots that this secret opens: full keys before those of a writer, then the one
   * with most data keys, for a change of keys that was cut off leaves the old slot beside the new.
   */
  public static Optional<Opened> open(List<KeySlot> slots, SlotKind kind, SlotSecret secret) {
    return slots.stream()
        .filter(slot -> slot.kind() == kind)
        .sorted(BEST_FIRST)
        .flatMap(slot -> slot.open(secret).map(keys -> new Opened(slot, keys)).stream())
        .findFirst();
  }

  /** Stores a new slot; one that is there already is fine. */
  public void add(KeySlot slot) {
    ObjectName name = ObjectName.of(slot.objectName());
    try {
      storage.put(name, ObjectContent.of(slot.encode()));
    } catch (RefusedException e) {
      if (!Arrays.equals(storage.get(name), slot.encode())) {
        throw e;
      }
    }
  }

  /**
   * Refuses a removal after which nobody could read all of the repository: one slot must stay that
   * is full, made by a holder of the keys, and not from before the last change of the data key.
   *
   * @param keys of this repository
   * @throws RefusedException where no such slot would be left
   */
  public void requireOtherThan(Collection<KeySlot> leaving, KeySet keys) {
    Set<String> names = leaving.stream().map(KeySlot::objectName).collect(Collectors.toSet());
    List<KeySlot> authentic =
        list(_ -> {}).stream().filter(slot -> slot.isAuthentic(keys)).toList();
    int newest = authentic.stream().mapToInt(KeySlot::dataKeys).max().orElse(0);
    int needed = Math.max(newest, keys.dataKeys().size());
    boolean left =
        authentic.stream()
            .filter(slot -> !names.contains(slot.objectName()))
            .anyMatch(slot -> slot.holds() == KeySetKind.FULL && slot.dataKeys() >= needed);
    if (!left) {
      throw new RefusedException(
          "Without that slot nobody could read the repository any more: it is the last with full"
              + " keys",
          "Add another with 'mailkeep key add' first.");
    }
  }

  /**
   * Removes slots. When it turns out that somebody else removed the others at the same time, they
   * are put back.
   *
   * @param keys of this repository
   * @throws RefusedException where no full slot would be left
   */
  public void remove(Collection<KeySlot> leaving, KeySet keys) {
    requireOtherThan(leaving, keys);
    leaving.forEach(slot -> storage.delete(ObjectName.of(slot.objectName())));
    try {
      requireOtherThan(List.of(), keys);
    } catch (RefusedException e) {
      leaving.forEach(this::add);
      throw e;
    }
  }
}
