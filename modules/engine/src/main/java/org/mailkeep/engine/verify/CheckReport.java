package org.mailkeep.engine.verify;

import java.util.List;
import org.mailkeep.model.RawPath;

/**
 * What a check found.
 *
 * @param snapshots snapshots looked at
 * @param packs packs looked at
 * @param chunks chunks proven by reading them
 * @param bytes bytes read from packs
 * @param damage what is wrong, object by object
 * @param lost files that cannot be restored, the first of them
 * @param lostCount how many they are
 * @param notes what is not wrong, but worth knowing
 */
public record CheckReport(
    long snapshots,
    long packs,
    long chunks,
    long bytes,
    List<Damage> damage,
    List<LostFile> lost,
    long lostCount,
    List<String> notes) {

  /** Copies the lists. */
  public CheckReport {
    damage = List.copyOf(damage);
    lost = List.copyOf(lost);
    notes = List.copyOf(notes);
  }

  /**
   * A damaged object.
   *
   * @param object its name
   * @param detail what is wrong with it, for a person
   */
  public record Damage(String object, String detail) {}

  /**
   * A file or directory that cannot be restored as it was.
   *
   * @param snapshot the first eight digits of a snapshot that has it
   * @param path where it is
   */
  public record LostFile(String snapshot, RawPath path) {}

  /** Whether all is well. */
  public boolean isSound() {
    return damage.isEmpty() && lostCount == 0;
  }
}
