package org.mailkeep.engine.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;

/**
 * Remembers where the first name of each hard-linked file was restored. A name that was there
 * already is none to link to, for it may be anything. For one thread, but for {@link #restored}.
 */
final class HardLinks {

  private final Directory target;
  private final RestoreLog log;
  private final Map<Long, RawPath> firsts = new HashMap<>();
  private final Set<Long> restored = ConcurrentHashMap.newKeySet();

  HardLinks(Directory target, RestoreLog log) {
    this.target = target;
    this.log = log;
  }

  /** Whether another name of the file came before; if not, this one is noted as the first. */
  boolean isKnown(FileJob job) {
    return firsts.putIfAbsent(job.entry().linkGroup(), job.path()) != null;
  }

  /** This name's file is back. */
  void restored(FileJob job) {
    if (job.entry().linkGroup() != 0) {
      restored.add(job.entry().linkGroup());
    }
  }

  /** Makes a link to the first name; where that is impossible, a file of its own. */
  void link(FileJob job, FileWriting writing, ContentReader content) {
    if (!restored.contains(job.entry().linkGroup())) {
      becomeFirst(job, writing, content);
      return;
    }
    RawPath first = firsts.getOrDefault(job.entry().linkGroup(), job.path());
    List<FileName> names = first.names();
    try (Directory directory = open(target.duplicate(), names.subList(0, names.size() - 1))) {
      writing.link(job, directory, names.getLast());
    } catch (SystemCallException e) {
      log.problem(job.path(), "restored as a file of its own, not as a link: " + e.problem());
      boolean _ = writing.write(job, content);
    }
  }

  private void becomeFirst(FileJob job, FileWriting writing, ContentReader content) {
    if (writing.write(job, content)) {
      firsts.put(job.entry().linkGroup(), job.path());
      restored(job);
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
