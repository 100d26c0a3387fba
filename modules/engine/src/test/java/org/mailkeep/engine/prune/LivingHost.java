package org.mailkeep.engine.prune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mailkeep.model.ObjectId;
import org.mailkeep.testkit.mail.MailEvent;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A host whose mail lives through hours of work and quiet nights, with what each of its snapshots
 * has to bring back. Of the tree on disk only those directories are read again in which something
 * was done, so that thousands of snapshots need little time.
 */
final class LivingHost {

  private static final int MESSAGES = 150;

  private final String name;
  private final MailTree mail;
  private final SplittableRandom random;
  private final Map<String, String> contents = new HashMap<>();
  private final Map<ObjectId, Map<Path, Map<String, String>>> images = new HashMap<>();
  private Map<Path, Map<String, String>> now = new HashMap<>();

  LivingHost(String name, Path folder, long seed) throws IOException {
    this.name = name;
    this.mail = MailTree.create(folder.resolve(name), seed, 1, 2);
    this.random = new SplittableRandom(seed);
    Object _ = mail.deliver(MESSAGES / 2);
    try (Stream<Path> paths = Files.walk(mail.root())) {
      paths.filter(Files::isDirectory).forEach(directory -> now.put(directory, list(directory)));
    }
  }

  String name() {
    return name;
  }

  Path root() {
    return mail.root();
  }

  /**
   * One hour of mail.
   *
   * @param hour of the day
   */
  void live(int hour) throws IOException {
    boolean isWork = hour >= 7 && hour < 19;
    int events = isWork ? random.nextInt(6) : random.nextInt(6) / 5;
    Map<Path, Map<String, String>> next = new HashMap<>(now);
    for (MailEvent event : mail.live(events)) {
      refresh(next, event);
    }
    while (mail.messages().size() > MESSAGES) {
      refresh(next, mail.delete());
    }
    now = next;
  }

  private void refresh(Map<Path, Map<String, String>> folders, MailEvent event) {
    List<Path> files =
        switch (event) {
          case MailEvent.Delivered delivered -> delivered.files();
          case MailEvent.Flagged flagged -> List.of(flagged.from(), flagged.to());
          case MailEvent.Moved moved -> List.of(moved.from(), moved.to());
          case MailEvent.Deleted deleted -> List.of(deleted.file());
        };
    for (Path file : files) {
      // The times of cur, new and tmp stand in the listing of the folder that they are in.
      Path folder = Objects.requireNonNull(file.getParent());
      Path above = Objects.requireNonNull(folder.getParent());
      Stream.of(folder, above).forEach(directory -> folders.put(directory, list(directory)));
    }
  }

  private Map<String, String> list(Path directory) {
    Map<String, String> entries = new HashMap<>();
    try (Stream<Path> children = Files.list(directory)) {
      children.forEach(
          child -> entries.put(child.toString(), SnapshotImage.describe(child, this::content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** No two messages have a base name in common, and none ever changes. */
  private String content(Path file) {
    return contents.computeIfAbsent(baseName(file), _ -> SnapshotImage.content(file));
  }

  private static String baseName(Path file) {
    String name = file.getFileName().toString();
    int flags = name.indexOf(":2,");
    return flags < 0 ? name : name.substring(0, flags);
  }

  /** What is on disk now is what this snapshot has to bring back. */
  synchronized void remember(ObjectId snapshot) {
    images.put(snapshot, now);
  }

  /** Forgets all other snapshots. */
  void keep(Set<ObjectId> snapshots) {
    images.keySet().retainAll(snapshots);
  }

  /** What a snapshot has to bring back. */
  Map<String, String> image(ObjectId snapshot) {
    Map<String, String> all = new TreeMap<>();
    Objects.requireNonNull(images.get(snapshot)).values().forEach(all::putAll);
    return all;
  }
}
