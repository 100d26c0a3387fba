package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.backup.DirectoryListing.Found;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;

/**
 * Lists a directory of messages in which a mail server works. It renames meanwhile, and readdir(3)
 * may then miss a name or give it twice; so a directory that changed is listed again, and a message
 * counts as gone only when neither its name nor its unique name is found any more. For one thread,
 * once.
 */
final class MessageListing {

  private static final int ATTEMPTS = 4;

  /** Each finds a message with a chance of a half where it is renamed all the time. */
  private static final int CHASES = 32;

  /** Between all of these a message must be renamed to pass for one with several names. */
  private static final int LOOKS = 4;

  private final Directory directory;
  private final Map<MessageFile, Found> seen = new LinkedHashMap<>();
  private final Set<MessageFile> missed = new HashSet<>();

  /** All names under which linked files were seen, where they are more than one. */
  private final Map<MessageFile, Map<FileName, Found>> names = new HashMap<>();

  MessageListing(Directory directory) {
    this.directory = directory;
  }

  /**
   * Each message once, under the name that was seen last. Whether a message is gone that was seen
   * once and not again turns out when it is read.
   */
  List<Found> read() {
    DirectoryMoment before = DirectoryMoment.of(directory);
    for (int attempt = 1; ; attempt++) {
      directory.list().forEach(this::add);
      DirectoryMoment after = DirectoryMoment.of(directory);
      if (before.isUnchangedAt(after) || attempt == ATTEMPTS) {
        break;
      }
      before = after;
    }
    missed.removeAll(seen.keySet());
    chase();
    return withAllNames();
  }

  private void add(DirectoryEntry entry) {
    Optional<FileStat> stat = directory.statIfPresent(entry.name());
    if (stat.isEmpty()) {
      missed.add(MessageFile.of(entry.name(), entry.inode()));
      return;
    }
    Found found = new Found(entry.name(), stat.get());
    MessageFile message = MessageFile.of(found);
    Found last = seen.put(message, found);
    missed.remove(message);
    if (last != null && found.stat().links() > 1 && !last.name().equals(found.name())) {
      Map<FileName, Found> all = names.computeIfAbsent(message, _ -> new LinkedHashMap<>());
      all.put(last.name(), last);
      all.put(found.name(), found);
    }
  }

  /**
   * Looks for messages that had another name each time: a busy machine lets so much time pass
   * between name and status. Ends when two listings in a row have none of them.
   */
  private void chase() {
    int without = 0;
    for (int round = 0; round < CHASES && !missed.isEmpty() && without < 2; round++) {
      List<DirectoryEntry> again =
          directory.list().stream()
              .filter(entry -> missed.contains(MessageFile.of(entry.name(), entry.inode())))
              .toList();
      again.forEach(this::add);
      without = again.isEmpty() ? without + 1 : 0;
    }
  }

  /**
   * A file with links that was seen under two names may have both (Dovecot copies messages as hard
   * links), or was renamed while it was listed.
   */
  private List<Found> withAllNames() {
    List<Found> found = new ArrayList<>(seen.size());
    seen.forEach(
        (message, last) -> {
          Collection<Found> all = names.getOrDefault(message, Map.of()).values();
          found.addAll(!all.isEmpty() && areThere(all) ? all : List.of(last));
        });
    return found;
  }

  /** Whether all these names of a file are there at once. A rename would change its ctime. */
  private boolean areThere(Collection<Found> names) {
    List<Optional<FileStat>> looks = new ArrayList<>();
    for (int look = 0; look < LOOKS; look++) {
      names.forEach(found -> looks.add(directory.statIfPresent(found.name())));
    }
    Optional<FileStat> first = looks.getFirst();
    return first.isPresent()
        && looks.stream()
            .allMatch(look -> look.filter(stat -> isSame(stat, first.get())).isPresent());
  }

  private static boolean isSame(FileStat a, FileStat b) {
    return a.inode() == b.inode()
        && a.ctimeSeconds() == b.ctimeSeconds()
        && a.ctimeNanos() == b.ctimeNanos();
  }
}
