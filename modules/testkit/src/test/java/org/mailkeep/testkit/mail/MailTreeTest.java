package org.mailkeep.testkit.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTreeTest {

  @TempDir Path folder;

  private static List<Path> messageFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*/(cur|new)/[^/]+"))
          .sorted()
          .toList();
    }
  }

  @Test
  void the_same_seed_lives_the_same_life() throws IOException {
    List<List<String>> lives = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      Path root = folder.resolve(name);
      MailTree tree = MailTree.create(root, 7, 2, 3);
      tree.deliver(20);
      tree.live(100);
      List<String> life = new ArrayList<>();
      for (Path file : messageFiles(root)) {
        life.add(root.relativize(file) + " " + Files.getLastModifiedTime(file));
      }
      lives.add(life);
    }
    assertThat(lives.getFirst()).isEqualTo(lives.getLast()).hasSizeGreaterThan(10);
  }

  @Test
  void it_knows_every_message_on_disk() throws IOException {
    MailTree tree = MailTree.create(folder, 8, 2, 2);
    tree.deliver(10);
    assertThat(tree.live(200)).hasSize(200);
    assertThat(tree.messages()).hasSameElementsAs(messageFiles(folder));
  }

  @Test
  void a_delivery_writes_a_copy_for_each_mailbox_with_its_size_in_the_name() throws IOException {
    MailTree tree = MailTree.create(folder, 9, 1, 5);
    boolean several = false;
    for (int i = 0; i < 10; i++) {
      MailEvent.Delivered delivered = tree.deliver();
      several |= delivered.files().size() > 1;
      for (Path file : delivered.files()) {
        assertThat(file.toString()).endsWith(",S=" + Files.size(file));
        assertThat(file).hasParent(Maildir.mailboxOf(file).resolve("new"));
      }
    }
    assertThat(several).isTrue();
    assertThat(tree.mailboxes())
        .hasSize(5)
        .allMatch(m -> m.resolve("tmp").toFile().list().length == 0);
  }

  @Test
  void flags_and_moves_are_renames() throws IOException {
    MailTree tree = MailTree.create(folder, 10, 1, 1);
    Path delivered = tree.deliver().files().getFirst();
    Object inode = Files.getAttribute(delivered, "unix:ino");
    MailEvent.Flagged flagged = tree.flag();
    assertThat(flagged.from()).isEqualTo(delivered).doesNotExist();
    assertThat(flagged.to().toString()).matches(".*/cur/[^/]+:2,[DFRST]");
    assertThat(Maildir.baseName(flagged.to())).isEqualTo(Maildir.baseName(delivered));
    MailEvent.Moved moved = tree.move();
    assertThat(Maildir.folderOf(moved.to())).isNotEqualTo(Maildir.folderOf(delivered));
    assertThat(Maildir.mailboxOf(moved.to())).isEqualTo(Maildir.mailboxOf(delivered));
    assertThat(Files.getAttribute(moved.to(), "unix:ino")).isEqualTo(inode);
    assertThat(tree.delete().file()).isEqualTo(moved.to()).doesNotExist();
    assertThat(tree.messages()).isEmpty();
  }
}
