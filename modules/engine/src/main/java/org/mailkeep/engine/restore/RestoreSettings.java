package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.model.RawPath;

/**
 * What to restore and how.
 *
 * @param target the directory under which absolute paths are rebuilt
 * @param part what to restore, with all below it
 * @param include where not empty, only what one of these fits, with all below it
 * @param exclude what to leave out, with all below it
 * @param existing what to do with files that are there already
 * @param owner whether to set owners and groups
 * @param ownership which owners and groups
 * @param parallelism how many threads work
 */
public record RestoreSettings(
    RawPath target,
    RawPath part,
    List<PathPattern> include,
    List<PathPattern> exclude,
    Existing existing,
    boolean owner,
    OwnershipRequest ownership,
    Parallelism parallelism) {

  /** What to do with a file that is there already. Directories are always shared. */
  public enum Existing {
    /** Refuse before writing anything. */
    FAIL,
    /** Leave it as it is. */
    SKIP,
    /** Put the snapshot's in its place. */
    REPLACE
  }

  /** Copies the lists. */
  public RestoreSettings {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
