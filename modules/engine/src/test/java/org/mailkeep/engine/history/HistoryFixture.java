package org.mailkeep.engine.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.pack.ChunkReader;

/** Mailboxes on disk, a repository, and its history. */
final class HistoryFixture implements AutoCloseable {

  private final Path root;
  private final TestRepository repository;
  final List<MailkeepException> damaged = new ArrayList<>();

  HistoryFixture(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("store"));
    repository = new TestRepository(Files.createDirectories(folder.resolve("state")));
  }

  TestRepository repository() {
    return repository;
  }

  Path root() {
    return root;
  }

  /** A mailbox, made with its folders. */
  Path mailbox(String user, String... folders) throws IOException {
    Path maildir = root.resolve("domains/example.com").resolve(user).resolve("Maildir");
    makeHalves(maildir);
    for (String folder : folders) {
      makeHalves(maildir.resolve(folder));
    }
    return maildir;
  }

  private static void makeHalves(Path folder) throws IOException {
    for (String half : List.of("cur", "new", "tmp")) {
      Files.createDirectories(folder.resolve(half));
    }
  }

  /** A message, put at this place and dated by its name. */
  static Path put(Path file, String content) throws IOException {
    Files.writeString(file, content);
    String name = String.valueOf(file.getFileName());
    long seconds = Long.parseLong(name.substring(0, name.indexOf('.')));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
    return file;
  }

  void snapshot() {
    repository.backup(root).snapshot();
  }

  void snapshotWithoutHistory() {
    repository.backup(root).withoutHistory().snapshot();
  }

  /** Brings the history up to date, as a command does that needs it. */
  void update() {
    try (ChunkReader reader = repository.reader()) {
      new HistoryUpdate(
              repository.repository(),
              repository.state(),
              reader,
              new HistoryUpdate.Observer() {
                @Override
                public void noting(int done, int all) {}

                @Override
                public void damaged(MailkeepException problem) {
                  damaged.add(problem);
                }
              },
              new Cancellation())
          .run();
    }
  }

  History history() {
    return new History(repository.state(), Set.copyOf(repository.repository().snapshots().ids()));
  }

  boolean isBehind() {
    return HistoryUpdate.isBehind(
        repository.state(), Set.copyOf(repository.repository().snapshots().ids()));
  }

  /** The story of a mailbox: the snapshot's number, what happened, where, which message. */
  List<String> log(String mailbox) {
    return log(mailbox, new LogQuery(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  List<String> log(String mailbox, LogQuery query) {
    List<String> lines = new ArrayList<>();
    History history = history();
    history.tell(history.mailboxes(mailbox).getFirst(), query, entry -> lines.add(line(entry)));
    return lines;
  }

  private static String line(LogEntry entry) {
    return entry.snapshot().number()
        + " "
        + entry.happenings().stream().map(Happening::word).collect(Collectors.joining(" "))
        + " "
        + entry.before().map(HistoryFixture::text).orElse("-")
        + " "
        + entry.after().map(HistoryFixture::text).orElse("-")
        + " "
        + entry.base();
  }

  static String text(MessagePlace place) {
    return place.name() + (place.fresh() ? "*" : "") + ":" + place.flags();
  }

  /** The base names of the messages that fit. */
  List<String> find(HistoryQuery query) {
    return history().find(query, 1000).messages().stream()
        .map(message -> message.base().text())
        .toList();
  }

  List<String> find(MessageQuery query) {
    return find(query(query));
  }

  static HistoryQuery query(MessageQuery message) {
    return new HistoryQuery(message, Optional.empty(), Optional.empty(), false, Optional.empty());
  }

  @Override
  public void close() {
    repository.close();
  }
}
