package org.mailkeep.engine.verify;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.RawPath;

/**
 * What a check found.
 *
 * @param snapshots snapshots looked at
 * @param packs packs looked at
 * @param chunks chunks proven by reading them
 * @param bytes bytes read from packs
 * @param damage what is wrong, object by object, the first of them
 * @param damageCount how many objects that are
 * @param lost files that cannot be restored, the first of them
 * @param lostCount how many they are, each as often as there are snapshots with it
 * @param notes what is not wrong, but worth knowing
 * @param coverage how much of all data was read within what time; empty where that is not kept
 */
public record CheckReport(
    long snapshots,
    long packs,
    long chunks,
    long bytes,
    List<Damage> damage,
    long damageCount,
    List<LostFile> lost,
    long lostCount,
    List<String> notes,
    Optional<Coverage> coverage) {

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
   * @param affected files that cannot be restored because of it, the first of them
   * @param affectedFiles how many they are, each as often as there are snapshots with it
   * @param affectedSnapshots how many snapshots have such files
   */
  public record Damage(
      String object,
      String detail,
      List<LostFile> affected,
      long affectedFiles,
      long affectedSnapshots) {

    /** Copies the list. */
    public Damage {
      affected = List.copyOf(affected);
    }
  }

  /**
   * A file or directory that cannot be restored as it was.
   *
   * @param snapshot the first eight digits of a snapshot that has it
   * @param path where it is
   */
  public record LostFile(String snapshot, RawPath path) {}

  /** Whether all is well. */
  public boolean isSound() {
    return damageCount == 0 && lostCount == 0;
  }
}
