package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * Says whether an unusual share of the files vanished or changed since the snapshot before, as
 * after a failed mount or an attack. A message in another folder counts as vanished there: what
 * came in its place may be anything.
 *
 * @param percent the share of the files above which it goes off, in percent; 100 or more switches
 *     it off, but for a source that has become empty
 * @param files how many files must be concerned beside that
 * @param on whether it goes off at all
 */
public record MassChangeAlarm(int percent, long files, boolean on) {

  /** More than a fifth of the files, and more than a thousand. */
  public static final MassChangeAlarm DEFAULT = new MassChangeAlarm(20, 1000, true);

  /** Never goes off. */
  public static final MassChangeAlarm OFF = new MassChangeAlarm(100, Long.MAX_VALUE, false);

  /**
   * Compares a backup with the one before.
   *
   * @param before the root directory of the last snapshot, as far as the host state knows it
   * @param now what the new snapshot says
   * @param repository is asked for the snapshot before where the host state knows none
   */
  Optional<Manifest.MassChange> judge(Optional<Entry> before, Manifest now, Repository repository) {
    if (!on) {
      return Optional.empty();
    }
    Manifest.Counts counts = now.counts();
    long known = counts.unchangedFiles() + counts.changedFiles();
    Optional<Manifest.MassChange> change =
        before.isPresent()
            ? before.map(root -> change(root.files(), known, counts.changedFiles()))
            // Without a host state all files are new to the scan: only the sums can be compared.
            : last(now, repository).map(last -> change(last.root().files(), now.root().files(), 0));
    return change.filter(found -> isUnusual(found, now.root().files()));
  }

  private static Manifest.MassChange change(long before, long left, long changed) {
    return new Manifest.MassChange(before, Math.max(0, before - left), changed);
  }

  private boolean isUnusual(Manifest.MassChange change, long filesNow) {
    long concerned = change.vanished() + change.changed();
    boolean emptied = change.before() > 0 && filesNow == 0;
    return emptied || (concerned > files && concerned * 100.0 > change.before() * (double) percent);
  }

  private static Optional<Manifest> last(Manifest now, Repository repository) {
    return repository.keys() instanceof FullKeys
        ? repository.snapshots().list(_ -> {}).stream()
            .map(Snapshot::manifest)
            .filter(other -> isOfSame(other, now))
            .reduce((_, later) -> later)
        : Optional.empty();
  }

  private static boolean isOfSame(Manifest a, Manifest b) {
    return a.host().equals(b.host())
        && a.sources().equals(b.sources())
        && profiles(a).equals(profiles(b))
        && a.options().equals(b.options());
  }

  private static List<String> profiles(Manifest manifest) {
    return manifest.profiles().stream().map(Manifest.Profile::name).toList();
  }
}
