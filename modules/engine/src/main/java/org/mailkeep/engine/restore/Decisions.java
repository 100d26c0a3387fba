package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** Decides what becomes of the names of files. Safe for use by many threads. */
final class Decisions {

  private final RestoreSettings.Existing existing;
  private final EntryComparison comparison;
  private final ContentReader content;

  /**
   * @param content reads what must be compared in full, which is little
   */
  Decisions(RestoreSettings.Existing existing, EntryComparison comparison, ContentReader content) {
    this.existing = existing;
    this.comparison = comparison;
    this.content = content;
  }

  /**
   * A decision.
   *
   * @param change what becomes of the name
   * @param present what has it now
   * @param same whether what is there, and stays, is known to be the snapshot's
   */
  record Decision(Change change, Optional<FileStat> present, boolean same) {

    /** Of something that is not there. */
    static final Decision MAKE = new Decision(Change.MAKE, Optional.empty(), false);
  }

  /** For a file, or the first name of one that has several. */
  Decision decide(FileJob job) {
    Optional<FileStat> present = job.directory().statIfPresent(job.entry().name());
    if (present.isEmpty()) {
      return Decision.MAKE;
    }
    Change change = decide(job, present.get());
    boolean same = change == Change.MEND || (change == Change.KEEP && comparesFiles());
    return new Decision(change, present, same);
  }

  /** For a further name of a file whose first one is settled. */
  Decision decide(FileJob job, LinkGroups.First first) {
    Optional<FileStat> present = job.directory().statIfPresent(job.entry().name());
    if (present.isEmpty()) {
      return Decision.MAKE;
    }
    FileStat stat = present.get();
    if (stat.type() == FileType.DIRECTORY || existing == RestoreSettings.Existing.FAIL) {
      return new Decision(Change.BLOCKED, present, false);
    }
    boolean linked = first.isSame(stat);
    boolean stays = linked || existing == RestoreSettings.Existing.SKIP;
    return new Decision(stays ? Change.KEEP : Change.REPLACE, present, linked);
  }

  private boolean comparesFiles() {
    return existing == RestoreSettings.Existing.IF_CHANGED;
  }

  private Change decide(FileJob job, FileStat stat) {
    if (stat.type() == FileType.DIRECTORY) {
      return Change.BLOCKED;
    }
    return switch (existing) {
      case FAIL -> Change.BLOCKED;
      case SKIP -> Change.KEEP;
      case REPLACE -> Change.REPLACE;
      case IF_CHANGED -> compare(job, stat);
    };
  }

  private Change compare(FileJob job, FileStat stat) {
    if (!comparison.isSame(job, stat, content)) {
      return Change.REPLACE;
    }
    if (comparison.metadata(job, stat).isEmpty()) {
      return Change.KEEP;
    }
    // Its other names may stand anywhere, also outside the target, and would change with it.
    return stat.links() > 1 ? Change.REPLACE : Change.MEND;
  }
}
