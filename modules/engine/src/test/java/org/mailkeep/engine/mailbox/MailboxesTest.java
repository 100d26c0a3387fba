package org.mailkeep.engine.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** Whatever is found on a host is found in a snapshot of it. */
class MailboxesTest {

  @TempDir private Path folder;

  /** Where mailboxes are looked for. */
  enum Where {
    HOST,
    SNAPSHOT
  }

  /** Does something with a store. */
  private interface Look {
    void at(MailStore store);
  }

  private Path root() {
    return folder.resolve("server");
  }

  private void look(Where where, Look look) throws IOException {
    RawPath root = RawPath.of(root().toString());
    if (where == Where.HOST) {
      look.at(new HostStore(root));
      return;
    }
    try (TestRepository repository =
        new TestRepository(Files.createDirectory(folder.resolve("work")))) {
      Snapshot snapshot = repository.backup(root()).snapshot();
      try (ChunkReader reader = repository.reader()) {
        SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(reader));
        look.at(new SnapshotStore(new ServerTree(tree, new ContentReader(reader), root)));
      }
    }
  }

  private void maildir(String path, String... folders) throws IOException {
    List<Path> all = new ArrayList<>(List.of(root().resolve(path)));
    for (String name : folders) {
      all.add(root().resolve(path).resolve(name));
    }
    for (Path one : all) {
      for (String part : List.of("cur", "new", "tmp")) {
        Files.createDirectories(one.resolve(part));
      }
    }
  }

  private void file(String path, String text) throws IOException {
    Path file = root().resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static List<String> all(MailStore store) {
    List<String> found = new ArrayList<>();
    Mailboxes.of(store).forEach(box -> found.add(box.name() + " " + box.path()));
    return found;
  }

  private static String find(MailStore store, String text) {
    return Mailboxes.of(store).find(text).path().toString();
  }

  private void vpopmail() throws IOException {
    String home = "home/vpopmail/domains";
    file(
        "var/qmail/users/assign",
        """
        +alias.example-:example.com:89:89:/home/vpopmail/domains/0/example.com:-::
        +example.com-:example.com:89:89:/home/vpopmail/domains/0/example.com:-::
        .
        """);
    file(
        home + "/0/example.com/vpasswd",
        """
        anna:x:1:0:A:/home/vpopmail/domains/0/example.com/B/anna:NOQUOTA
        gone:x:1:0:G:/home/vpopmail/domains/0/example.com/gone:NOQUOTA
        """);
    maildir(home + "/0/example.com/B/anna/Maildir", ".Sent", ".Entw&APw-rfe");
    maildir(home + "/0/example.com/C/anna/Maildir");
    maildir(home + "/sql.example/0/ben/Maildir");
    maildir("home/vpopmail/domains/example.org/Dora/Maildir");
    maildir("var/qmail/alias/Maildir");
  }

  @ParameterizedTest
  @EnumSource
  void mailboxes_of_vpopmail_are_found_by_its_files_and_else_by_their_shape(Where where)
      throws IOException {
    vpopmail();
    look(
        where,
        store -> {
          String anna = "/home/vpopmail/domains/0/example.com/B/anna/Maildir";
          String orphan = "/home/vpopmail/domains/0/example.com/C/anna/Maildir";
          assertThat(find(store, "anna@example.com")).isEqualTo(anna);
          assertThat(find(store, "Anna@Alias.example")).isEqualTo(anna);
          assertThat(find(store, "ben@sql.example"))
              .isEqualTo("/home/vpopmail/domains/sql.example/0/ben/Maildir");
          assertThat(find(store, "dora@example.org"))
              .isEqualTo("/home/vpopmail/domains/example.org/Dora/Maildir");
          assertThat(all(store))
              .containsExactly(
                  "anna@example.com " + anna,
                  orphan + " " + orphan,
                  "dora@example.org /home/vpopmail/domains/example.org/Dora/Maildir",
                  "ben@sql.example /home/vpopmail/domains/sql.example/0/ben/Maildir",
                  "/var/qmail/alias/Maildir /var/qmail/alias/Maildir");
        });
  }

  @ParameterizedTest
  @EnumSource
  void a_maildir_is_found_by_its_path_or_that_of_its_directory(Where where) throws IOException {
    vpopmail();
    look(
        where,
        store -> {
          Mailboxes boxes = Mailboxes.of(store);
          assertThat(boxes.find("/home/vpopmail/domains/0/example.com/B/anna").name())
              .isEqualTo("anna@example.com");
          assertThat(boxes.find("/var/qmail/alias/Maildir/").path())
              .isEqualTo(RawPath.of("/var/qmail/alias/Maildir"));
          assertThatThrownBy(() -> boxes.find("/home/vpopmail"))
              .isInstanceOf(NotFoundException.class)
              .hasMessageContaining("/home/vpopmail is no Maildir");
        });
  }

  @ParameterizedTest
  @EnumSource
  void folders_have_the_names_that_people_know(Where where) throws IOException {
    maildir("m/example.com/anna", ".Sent", ".Entw&APw-rfe", ".Später", ".Archive.2026");
    Files.createDirectories(root().resolve("m/example.com/anna/.not-a-folder/cur"));
    Files.createDirectories(root().resolve("m/example.com/anna/courierimapkeywords"));
    look(
        where,
        store ->
            assertThat(Mailboxes.of(store).find("anna@example.com").folders(store))
                .extracting(found -> found.name().toString())
                .containsExactly("INBOX", "Archive.2026", "Entwürfe", "Sent", "Später"));
  }

  @ParameterizedTest
  @EnumSource
  void a_store_that_a_link_leads_to_is_found(Where where) throws IOException {
    maildir("data/mail/domains/example.com/anna/Maildir");
    file("data/mail/domains/example.com/vpasswd", "anna:x:1:0:A:/h/domains/example.com/anna:N\n");
    Files.createSymbolicLink(root().resolve("h"), Path.of("data/mail"));
    file("var/qmail/users/assign", "+example.com-:example.com:1:1:/h/domains/example.com:-::\n.\n");
    look(
        where,
        store -> {
          Mailbox found = Mailboxes.of(store).find("anna@example.com");
          assertThat(found.folders(store)).hasSize(1);
          assertThat(all(store))
              .containsExactly("anna@example.com /data/mail/domains/example.com/anna/Maildir");
        });
  }

  @ParameterizedTest
  @EnumSource
  void what_is_unclear_or_missing_is_told(Where where) throws IOException {
    maildir("a/example.com/anna/Maildir");
    maildir("b/example.com/anna/Maildir");
    look(
        where,
        store -> {
          Mailboxes boxes = Mailboxes.of(store);
          assertThatThrownBy(() -> boxes.find("anna@example.com"))
              .isInstanceOf(UsageException.class)
              .hasMessageContaining("2 mailboxes");
          assertThatThrownBy(() -> boxes.find("anna"))
              .isInstanceOf(UsageException.class)
              .hasMessageContaining("names no mailbox");
          assertThatThrownBy(() -> boxes.find("ben@example.com"))
              .isInstanceOf(NotFoundException.class)
              .hasMessageContaining("no mailbox ben@example.com");
        });
  }

  @Test
  void a_maildir_behind_a_link_is_no_folder_of_a_mailbox() throws IOException {
    maildir("m/example.com/anna");
    maildir("other");
    Files.createSymbolicLink(root().resolve("m/example.com/anna/.Linked"), root().resolve("other"));
    HostStore store = new HostStore(RawPath.of(root().toString()));
    assertThat(Mailboxes.of(store).find("anna@example.com").folders(store)).hasSize(1);
  }
}
