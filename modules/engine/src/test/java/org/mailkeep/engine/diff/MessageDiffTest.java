package org.mailkeep.engine.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** What became of messages, between two snapshots and between one and the live tree. */
class MessageDiffTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private Snapshot before;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("Maildir"));
    for (String folder : List.of("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp")) {
      Files.createDirectories(source.resolve(folder));
    }
    for (int i = 1; i <= 9; i++) {
      write("cur/" + i + ".mx:2,S", "Subject: message " + i + "\n\n");
    }
    write("new/10.mx", "Subject: new\n\n");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    before = repository.backup(source).snapshot();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(source.resolve(path), text);
  }

  private void move(String from, String to) throws IOException {
    Files.move(source.resolve(from), source.resolve(to));
  }

  /** One of each. */
  private void changeMail() throws IOException {
    move("cur/1.mx:2,S", "cur/1.mx:2,FS");
    move("cur/2.mx:2,S", ".Sent/cur/2.mx:2,S");
    move("cur/3.mx:2,S", ".Sent/cur/other-name.mx:2,S");
    Files.delete(source.resolve("cur/4.mx:2,S"));
    write("new/11.mx", "Subject: came\n\n");
    move("new/10.mx", "cur/10.mx:2,");
  }

  private List<String> messages(MessageDiff.Identity identity, boolean live) {
    List<String> told = new ArrayList<>();
    try (ChunkReader reader = repository.reader();
        MessageDiff messages = new MessageDiff(identity)) {
      Watcher watcher = new Watcher(messages::add);
      if (live) {
        compareLive(reader, watcher, false);
      } else {
        Snapshot after = repository.backup(source).fullScan().snapshot();
        new TreeDiff(new TreeReader(reader), watcher, new Cancellation())
            .compare(
                RawPath.ROOT,
                Optional.of(before.manifest().root()),
                Optional.of(after.manifest().root()));
      }
      messages.finish(change -> told.add(text(change)));
    }
    return told;
  }

  private void compareLive(ChunkReader reader, Watcher watcher, boolean content) {
    Optional<ContentReader> contents =
        content ? Optional.of(new ContentReader(reader)) : Optional.empty();
    new LiveDiff(
            before,
            new TreeReader(reader),
            new LiveEntries(contents),
            List.of(),
            watcher,
            new Cancellation())
        .compare(repository.tree(before).require(RawPath.of(source.toString())));
  }

  private record Watcher(java.util.function.Consumer<Difference> taker)
      implements LiveDiff.Observer {
    @Override
    public void found(Difference difference) {
      taker.accept(difference);
    }

    @Override
    public void damaged(RawPath directory, UnreadableException problem) {
      throw problem;
    }

    @Override
    public void unreadable(RawPath path, String problem) {
      throw new AssertionError(path + ": " + problem);
    }
  }

  private String text(MessageChange change) {
    String path = change.path().text().substring(source.toString().length() + 1);
    return switch (change) {
      case MessageChange.Added _ -> "added " + path;
      case MessageChange.Deleted _ -> "deleted " + path;
      case MessageChange.Moved moved ->
          "moved "
              + path
              + " from "
              + moved.from().text().substring(source.toString().length() + 1);
      case MessageChange.Flagged flagged ->
          "flags " + path + " " + flagged.before() + ">" + flagged.after();
      case MessageChange.Altered _ -> "altered " + path;
    };
  }

  private List<String> live(boolean content) {
    List<String> told = new ArrayList<>();
    Watcher watcher =
        new Watcher(
            difference ->
                told.add(
                    difference.getClass().getSimpleName()
                        + " "
                        + difference.path().text().replace(source + "/", "")));
    try (ChunkReader reader = repository.reader()) {
      compareLive(reader, watcher, content);
    }
    return told;
  }

  @Test
  void each_message_is_one_line_whatever_was_done_to_its_file() throws IOException {
    changeMail();
    assertThat(messages(MessageDiff.Identity.CONTENT, false))
        .containsExactly(
            "moved .Sent/cur/2.mx:2,S from cur/2.mx:2,S",
            "moved .Sent/cur/other-name.mx:2,S from cur/3.mx:2,S",
            "flags cur/1.mx:2,FS S>FS",
            "flags cur/10.mx:2, >",
            "deleted cur/4.mx:2,S",
            "added new/11.mx");
  }

  @Test
  void the_live_tree_tells_the_same_where_unique_names_stay() throws IOException {
    changeMail();
    assertThat(messages(MessageDiff.Identity.NAME, true))
        .containsExactly(
            "moved .Sent/cur/2.mx:2,S from cur/2.mx:2,S",
            "added .Sent/cur/other-name.mx:2,S",
            "flags cur/1.mx:2,FS S>FS",
            "flags cur/10.mx:2, >",
            "deleted cur/3.mx:2,S",
            "deleted cur/4.mx:2,S",
            "added new/11.mx");
  }

  @Test
  void what_a_backup_leaves_out_is_no_difference_to_the_live_tree() throws IOException {
    write("dovecot.index", "cache");
    write("tmp/half", "delivered");
    write("courierimapuiddb", "1 1 1\n");
    assertThat(live(false))
        .containsExactly("Changed " + source, "Added courierimapuiddb", "Changed tmp");
  }

  @Test
  void other_bytes_of_the_same_size_and_time_are_found_by_reading_only() throws IOException {
    Path file = source.resolve("cur/5.mx:2,S");
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "Subject: mEssage 5\n\n");
    Files.setLastModifiedTime(file, time);
    assertThat(live(false)).isEmpty();
    assertThat(live(true)).containsExactly("Changed cur/5.mx:2,S");
  }

  @Test
  void a_live_tree_that_is_gone_is_all_removed() throws IOException {
    move(".Sent", "../elsewhere");
    assertThat(live(false)).contains("Removed .Sent", "Removed .Sent/cur");
  }
}
