package org.mailkeep.engine.backup;

import java.util.List;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.block.Effort;

/**
 * What to back up and how.
 *
 * @param sources absolute paths
 * @param exclude what to leave out
 * @param ownFolders folders of the program's own, which are left out: repository, host state
 * @param oneFileSystem whether to stay on the file systems of the sources
 * @param includeAll whether also queues, states of services, locks, caches and half-written files
 *     of mail stores are backed up
 * @param fullScan whether to look at every file, also in message folders that seem unchanged
 * @param tags words for the snapshot
 * @param host the machine's name
 * @param options what the user asked for, to be shown with the snapshot
 * @param program name and version of the program
 * @param parallelism how many threads work
 * @param effort how hard to compress
 */
public record BackupSettings(
    List<RawPath> sources,
    List<PathPattern> exclude,
    List<RawPath> ownFolders,
    boolean oneFileSystem,
    boolean includeAll,
    boolean fullScan,
    List<String> tags,
    String host,
    List<String> options,
    String program,
    Parallelism parallelism,
    Effort effort) {

  /** Copies the lists. */
  public BackupSettings {
    sources = List.copyOf(sources);
    exclude = List.copyOf(exclude);
    ownFolders = List.copyOf(ownFolders);
    tags = List.copyOf(tags);
    options = List.copyOf(options);
  }

  /** What decides which entries a directory has in a snapshot, as text. */
  String fingerprint() {
    StringBuilder text = new StringBuilder().append(oneFileSystem);
    text.append(includeAll ? " all" : "");
    // A pattern cannot hold the zero byte, so no two lists give one text.
    exclude.forEach(pattern -> text.append('\0').append(pattern));
    return text.toString();
  }
}
