package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailkeep.engine.account.OwnershipCheck;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Credentials;

/** What must hold before a byte is written. */
final class RestoreChecks {

  private final RestoreSettings settings;
  private final Manifest manifest;
  private final AccountDatabase host;
  private final OwnerMapping mapping;

  RestoreChecks(
      RestoreSettings settings, Manifest manifest, AccountDatabase host, OwnerMapping mapping) {
    this.settings = settings;
    this.manifest = manifest;
    this.host = host;
    this.mapping = mapping;
  }

  /**
   * Refuses, or gives what the user should know though it hinders nothing.
   *
   * @param part what was asked for
   */
  List<String> require(Entry part, Preflight preflight) {
    requireRightToChangeOwners();
    preflight.requireNoObstacles();
    if (settings.existing() == RestoreSettings.Existing.FAIL) {
      preflight.requireNothingExists();
    }
    preflight.requireAnything(part);
    return owners(preflight.users(), preflight.groups());
  }

  /**
   * The same for a restore that is only planned: all refusals, a sentence each.
   *
   * @param warnings gets what hinders nothing
   */
  List<String> refusals(Preflight preflight, List<String> warnings) {
    List<String> refusals = new ArrayList<>();
    collect(refusals, this::requireRightToChangeOwners);
    collect(refusals, preflight::requireNoObstacles);
    if (settings.existing() == RestoreSettings.Existing.FAIL) {
      collect(refusals, preflight::requireNothingExists);
    }
    collect(refusals, () -> warnings.addAll(owners(preflight.users(), preflight.groups())));
    return refusals;
  }

  private static void collect(List<String> refusals, Runnable check) {
    try {
      check.run();
    } catch (RefusedException e) {
      refusals.add(sentence(e));
    }
  }

  /** A refusal as it is told when nothing was going to be written anyway. */
  static String sentence(RefusedException e) {
    return e.getMessage() + ". " + e.advice().replace("Nothing was written. ", "");
  }

  /** Refuses where files would become somebody else's than they were. */
  private List<String> owners(Set<Integer> users, Set<Integer> groups) {
    return settings.owner()
        ? OwnershipCheck.run(settings.ownership(), mapping, manifest, host, users, groups)
        : List.of();
  }

  private void requireRightToChangeOwners() {
    if (!settings.owner()) {
      return;
    }
    Credentials me = Credentials.current();
    boolean onlyMine =
        manifest.users().keySet().stream().allMatch(uid -> mapping.uid(uid) == me.effectiveUid())
            && manifest.groups().keySet().stream()
                .allMatch(gid -> me.groups().contains(mapping.gid(gid)));
    if (!me.mayChangeOwner() && !onlyMine) {
      throw new RefusedException(
          "This user may not give files to other owners, and the snapshot has files of " + owners(),
          "Nothing was written. Run as root, or use --no-owner to make all files your own.");
    }
  }

  private String owners() {
    return manifest.users().entrySet().stream()
        .limit(5)
        .map(
            owner ->
                Integer.toUnsignedString(owner.getKey())
                    + (owner.getValue().isEmpty() ? "" : " (" + owner.getValue() + ")"))
        .collect(Collectors.joining(", "));
  }
}
