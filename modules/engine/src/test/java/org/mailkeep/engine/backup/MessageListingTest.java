package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;

/** A directory that is listed while a mail server works in it. */
class MessageListingTest {

  private static final int RESTLESS = 30;

  /** Fewer than there are messages. */
  private static final int HELD = 50;

  @TempDir Path folder;
  @TempDir Path room;

  private MessageListing list(Directory directory) {
    return MessageListing.of(directory, new SortSpace(room, HELD));
  }

  @Test
  void messages_whose_flags_never_rest_are_all_seen_each_once() throws Exception {
    assertThatEachIsSeenOnce(_ -> {});
  }

  /** Dovecot copies a message to another folder as a hard link. */
  @Test
  void so_are_those_that_are_linked_from_another_folder(@TempDir Path sent) throws Exception {
    assertThatEachIsSeenOnce(
        message -> Files.createLink(sent.resolve(message.getFileName()), message));
  }

  @Test
  void two_names_of_one_message_in_one_folder_are_both_seen() throws IOException {
    Path message = Files.createFile(folder.resolve("1.a.mx:2,"));
    Files.createLink(folder.resolve("1.a.mx:2,S"), message);
    try (Directory directory = Directory.open(RawPath.of(folder.toString()))) {
      assertThat(list(directory)).hasSize(2);
    }
  }

  private interface Copy {
    void make(Path message) throws IOException;
  }

  private void assertThatEachIsSeenOnce(Copy copy) throws Exception {
    for (int i = 0; i < 400; i++) {
      Files.createFile(folder.resolve("still" + i + ":2,S"));
    }
    for (int i = 0; i < RESTLESS; i++) {
      copy.make(Files.createFile(restless(i, "")));
    }
    AtomicBoolean ends = new AtomicBoolean();
    Thread server = Thread.ofPlatform().start(() -> changeFlags(ends));
    try (Directory directory = Directory.open(RawPath.of(folder.toString()))) {
      for (int round = 0; round < 50; round++) {
        try (MessageListing listing = list(directory)) {
          assertThat(listing).hasSize(400 + RESTLESS);
        }
      }
    } finally {
      ends.set(true);
      server.join();
    }
  }

  private Path restless(int number, String flags) {
    return folder.resolve("restless" + number + ":2," + flags);
  }

  private void changeFlags(AtomicBoolean ends) {
    String flags = "";
    while (!ends.get()) {
      String other = flags.isEmpty() ? "F" : "";
      for (int i = 0; i < RESTLESS; i++) {
        try {
          Files.move(restless(i, flags), restless(i, other));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      flags = other;
    }
  }
}
