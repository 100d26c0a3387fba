package org.mailkeep.engine.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;

/** Remembers where the first name of each hard-linked file was restored. For one thread. */
final class HardLinks {

  private final Directory target;
  private final RestoreLog log;
  private final Map<Long, RawPath> firsts = new HashMap<>();

  HardLinks(Directory target, RestoreLog log) {
    this.target = target;
    this.log = log;
  }

  /** Whether another name of the file came before; if not, this one is noted as the first. */
  boolean isKnown(FileJob job) {
    return firsts.putIfAbsent(job.entry().linkGroup(), job.path()) != null;
  }

  /** Makes a link to the first name; where that is impossible, a file of its own. */
  void link(FileJob job, FileWriting writing, ContentReader content) {
    RawPath first = firsts.getOrDefault(job.entry().linkGroup(), job.path());
    List<FileName> names = first.names();
    try (Directory directory = open(target.duplicate(), names.subList(0, names.size() - 1))) {
      writing.link(job, directory, names.getLast());
    } catch (SystemCallException e) {
      log.problem(job.path(), "restored as a file of its own, not as a link: " + e.problem());
      writing.write(job, content);
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
