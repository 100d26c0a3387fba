package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.Decisions.Decision;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;

/**
 * What is done about one file: decide, perform, and for its further names {@link #link}. Safe for
 * use by many threads, but for names of files that have several.
 */
final class FileRestore {

  private final Decisions decisions;
  private final FileWriting writing;
  private final HardLinks links;
  private final RestoreLog log;

  FileRestore(Decisions decisions, FileWriting writing, HardLinks links, RestoreLog log) {
    this.decisions = decisions;
    this.writing = writing;
    this.links = links;
    this.log = log;
  }

  /** Whether another name of the file came before. */
  boolean isFurtherName(FileJob job) {
    return links.isFurtherName(job);
  }

  /** What is to become of the name; nothing where that cannot be found out, which is logged. */
  Optional<Decision> decide(FileJob job) {
    try {
      return Optional.of(decisions.decide(job));
    } catch (SystemCallException e) {
      log.problem(job.path(), "not restored: " + e.problem());
    } catch (UnreadableException e) {
      log.problem(job.path(), "not restored: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Does what was decided. */
  void perform(FileJob job, Decision decision, ContentReader content) {
    if (writing.perform(job, decision.change(), content)) {
      links.done(job, decision);
    }
  }

  /** Brings a further name back. */
  void link(FileJob job, ContentReader content) {
    try {
      links.link(job, content);
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(job.path(), "not restored: " + e.problem());
    } catch (UnreadableException e) {
      log.problem(job.path(), "not restored: " + e.getMessage());
    }
  }
}
