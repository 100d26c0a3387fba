package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.block.Effort;

/**
 * What to back up and how.
 *
 * @param sources the paths that were named, absolute
 * @param profiles profiles with what they found, in order of their names
 * @param commands whose output is backed up, too
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
 * @param history whether this host's message history is brought up to date
 */
public record BackupSettings(
    List<RawPath> sources,
    List<Manifest.Profile> profiles,
    List<CommandOutput> commands,
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
    Effort effort,
    boolean history) {

  /** Copies the lists. */
  public BackupSettings {
    sources = List.copyOf(sources);
    profiles = List.copyOf(profiles);

    commands = List.copyOf(commands);
    exclude = List.copyOf(exclude);
    ownFolders = List.copyOf(ownFolders);
    tags = List.copyOf(tags);
    options = List.copyOf(options);
  }

  /**
   * What was asked for by path or by name: the sources, and where the output of commands will be.
   */
  List<RawPath> named() {
    List<RawPath> named = new ArrayList<>(sources);
    commands.forEach(command -> named.add(command.path()));
    return named;
  }

  /** All paths to scan. */
  List<RawPath> paths() {
    List<RawPath> paths = new ArrayList<>(sources);
    profiles.forEach(profile -> paths.addAll(profile.paths()));
    return paths;
  }

  /**
   * What tells this backup from others of the same host: profiles, paths and rules. What a profile
   * finds may change from day to day, so its name counts.
   */
  String identity() {
    List<String> names = profiles.stream().map(Manifest.Profile::name).toList();
    return (names.isEmpty() ? "" : "profiles " + names + " ") + named() + " " + fingerprint();
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
