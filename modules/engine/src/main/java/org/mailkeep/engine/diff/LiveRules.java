package org.mailkeep.engine.diff;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.store.FileRules;
import org.mailkeep.mail.store.Place;
import org.mailkeep.mail.store.Structure;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;

/**
 * What of the live tree a backup like that of a snapshot would leave out, so that it is not missing
 * from the snapshot: what the backup was told, and what it leaves out by itself.
 */
final class LiveRules {

  private static final String EXCLUDE = "--exclude ";

  private final boolean all;
  private final List<PathPattern> exclude = new ArrayList<>();
  private final List<RawPath> own;

  /**
   * The rules of a snapshot.
   *
   * @param own folders of the program's own
   */
  LiveRules(Manifest manifest, List<RawPath> own) {
    this.all = manifest.options().contains("--include-all");
    this.own = List.copyOf(own);
    manifest.options().stream()
        .filter(option -> option.startsWith(EXCLUDE))
        .map(option -> PathPattern.of(option.substring(EXCLUDE.length())))
        .forEach(exclude::add);
  }

  /** Whether a path is left out with all below it. */
  boolean leavesOut(RawPath path) {
    return own.contains(path) || exclude.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Whether something that is no directory is left out for what it is in a mail store. */
  boolean leavesOut(Place place, FileName name) {
    return !all && !FileRules.classify(place, name, EntryType.FILE).fileClass().isStored();
  }

  /** Whether a directory is kept without what is in it. */
  boolean leavesEmpty(Place place, ListedDirectory directory) {
    return !all && Structure.of(place, directory).isPresent();
  }
}
