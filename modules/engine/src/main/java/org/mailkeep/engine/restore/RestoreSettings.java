package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.model.RawPath;

/**
 * What to restore and how.
 *
 * @param target the directory under which paths are rebuilt
 * @param base the directory of the snapshot that the target stands for: the root, where absolute
 *     paths are rebuilt; any other one where its entries shall stand directly in the target, whose
 *     own owner, mode and times are left alone
 * @param part what to restore, with all below it; the base, or below it
 * @param include where not empty, only what one of these fits, with all below it
 * @param exclude what to leave out, with all below it
 * @param existing what to do with files that are there already
 * @param delete whether to remove, from directories that are wanted whole, what the snapshot does
 *     not have
 * @param ownPaths what must never be removed: the repository, the host state
 * @param owner whether to set owners and groups
 * @param ownership which owners and groups
 * @param verify whether to read all back in the end and compare it
 * @param parallelism how many threads work
 */
public record RestoreSettings(
    RawPath target,
    RawPath base,
    RawPath part,
    List<PathPattern> include,
    List<PathPattern> exclude,
    Existing existing,
    boolean delete,
    List<RawPath> ownPaths,
    boolean owner,
    OwnershipRequest ownership,
    boolean verify,
    Parallelism parallelism) {

  /** What to do with a file that is there already. Directories are always shared. */
  public enum Existing {
    /** Refuse before writing anything. */
    FAIL,
    /** Leave it as it is. */
    SKIP,
    /**
     * Leave it where type, size, time of change and all metadata are the snapshot's; set metadata
     * where only that differs; else put the snapshot's in its place.
     */
    IF_CHANGED,
    /** Put the snapshot's in its place. */
    REPLACE
  }

  /** Copies the lists. */
  public RestoreSettings {
    include = List.copyOf(include);
    ownPaths = List.copyOf(ownPaths);
    exclude = List.copyOf(exclude);
  }
}
