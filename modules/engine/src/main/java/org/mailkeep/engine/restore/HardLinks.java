package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;

/**
 * Gives files that are back their further names. A first name that was there already and may be
 * anything is none to link to. One thread may ask for further names while another makes links.
 */
final class HardLinks {

  private final Directory target;
  private final int depth;
  private final LinkGroups groups;
  private final Decisions decisions;
  private final FileWriting writing;
  private final RestoreLog log;

  /**
   * @param base the directory of the snapshot that the target stands for
   */
  HardLinks(
      Directory target,
      RawPath base,
      LinkGroups groups,
      Decisions decisions,
      FileWriting writing,
      RestoreLog log) {
    this.target = target;
    this.depth = base.names().size();
    this.groups = groups;
    this.decisions = decisions;
    this.writing = writing;
    this.log = log;
  }

  /** Whether another name of the file came before; if not, this one is noted as the first. */
  boolean isFurtherName(FileJob job) {
    return job.entry().linkGroup() != 0 && groups.enter(job.path(), job.entry()).isPresent();
  }

  /** What was decided for this first, or only, name was done. */
  void done(FileJob job, Decisions.Decision decision) {
    groups.settle(job.path(), job.entry(), decision);
  }

  /** Makes a link to the first name; where that is impossible, a file of its own. */
  void link(FileJob job, ContentReader content) {
    LinkGroups.First first = groups.first(job.entry().linkGroup()).orElseThrow();
    if (!first.isSettled()) {
      perform(job, decisions.decide(job), content);
      return;
    }
    Decisions.Decision decision = decisions.decide(job, first);
    if (!decision.change().isWritten()) {
      boolean _ = writing.perform(job, decision.change(), content);
    } else if (!link(job, decision.change(), first)) {
      perform(job, decision, content);
    }
  }

  private void perform(FileJob job, Decisions.Decision decision, ContentReader content) {
    if (writing.perform(job, decision.change(), content)) {
      groups.settle(job.path(), job.entry(), decision);
    }
  }

  private boolean link(FileJob job, Change change, LinkGroups.First first) {
    List<FileName> names = first.path().names();
    try (Directory directory = open(target.duplicate(), names.subList(depth, names.size() - 1))) {
      writing.link(job, change, directory, names.getLast());
      return true;
    } catch (SystemCallException e) {
      if (FileWriting.isHopeless(e)) {
        throw e;
      }
      log.problem(job.path(), "restored as a file of its own, not as a link: " + e.problem());
      return false;
    }
  }

  /** Opens a directory below, never through a link; closes the one given. */
  private static Directory open(Directory from, List<FileName> names) {
    Directory current = from;
    for (FileName name : names) {
      try (Directory above = current) {
        current = above.openDirectory(name);
      }
    }
    return current;
  }
}
