package org.mailkeep.engine.backup;

import java.util.Optional;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.NameTest;
import org.mailkeep.unix.FileStat;

/** Applies the rules to what a walk comes to, and notes what they leave out with the reason. */
final class Exclusions {

  private final ScanRules rules;
  private final ScanLog log;

  Exclusions(ScanRules rules, ScanLog log) {
    this.rules = rules;
    this.log = log;
  }

  /** Whether this path is not backed up at all. */
  boolean leavesOut(RawPath path) {
    return noted(path, rules.leavesOut(path));
  }

  /** Whether something that is no directory is left out for what it is in a mail store. */
  boolean leavesOut(RawPath path, Place place, FileName name) {
    return noted(path, rules.leavesOut(place, name));
  }

  /** Whether a directory is kept without what is in it, for where it is. */
  boolean leavesEmpty(RawPath path, FileStat stat, long sourceDevice) {
    return noted(path, rules.leavesEmpty(path, stat, sourceDevice));
  }

  /** Whether a directory is kept without what is in it, for what it is in a mail store. */
  boolean leavesEmpty(RawPath path, Place place, Listing listing) {
    return noted(path, rules.leavesEmpty(place, listing));
  }

  /** Which names in a folder are not backed up; nothing is noted. */
  NameTest in(RawPath folder) {
    return rules.mayLeaveOutIn(folder)
        ? (name, length) ->
            rules.leavesOut(folder.resolve(FileName.of(name, 0, length))).isPresent()
        : (_, _) -> false;
  }

  private boolean noted(RawPath path, Optional<String> reason) {
    reason.ifPresent(words -> log.leftOut(path, words));
    return reason.isPresent();
  }
}
