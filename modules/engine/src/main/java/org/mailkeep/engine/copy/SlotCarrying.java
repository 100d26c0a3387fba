package org.mailkeep.engine.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;

/**
 * Makes the key slots of a copy those of its source: first come new ones, then those go that the
 * source does not have any more. One that is damaged in the source stays in the copy, and so does
 * the last one with full keys.
 */
public final class SlotCarrying {

  private final Repository source;
  private final Repository target;
  private final CopyObserver observer;

  /** Between two places of one repository. */
  public SlotCarrying(Repository source, Repository target, CopyObserver observer) {
    this.source = source;
    this.target = target;
    this.observer = observer;
  }

  /**
   * What was changed.
   *
   * @param added slots that came
   * @param removed slots that went
   */
  public record Outcome(List<KeySlot> added, List<KeySlot> removed) {
    /** Copies the lists. */
    public Outcome {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** Carries all changes. */
  public Outcome carry() {
    List<KeySlot> here = usable(source);
    Set<String> names = new HashSet<>(source.slots().names());
    Set<String> there = new HashSet<>(target.slots().names());
    List<KeySlot> added = new ArrayList<>();
    for (KeySlot slot : here) {
      if (!there.contains(slot.objectName()) && slot.isAuthentic(source.keys())) {
        target.slots().add(slot);
        added.add(slot);
      }
    }
    List<KeySlot> leaving =
        usable(target).stream().filter(slot -> !names.contains(slot.objectName())).toList();
    return new Outcome(added, leaving.isEmpty() ? leaving : remove(leaving));
  }

  private List<KeySlot> remove(List<KeySlot> leaving) {
    try {
      target.slots().remove(leaving, source.keys());
      return leaving;
    } catch (RefusedException | StorageException e) {
      observer.warning(
          "The copy keeps "
              + (leaving.size() == 1 ? "a key slot" : leaving.size() + " key slots")
              + " that the repository does not have any more: "
              + e.getMessage());
      return List.of();
    }
  }

  private static List<KeySlot> usable(Repository repository) {
    KeySlots slots = repository.slots();
    return slots.list((MailkeepException _) -> {});
  }
}
