package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.repository.snapshot.Snapshot;

/** What a move brings, and what it leaves alone. */
class DomainMoveTest extends DomainMoveFixture {

  @Test
  void a_moved_domain_is_complete_and_every_other_line_and_file_is_as_it_was() throws IOException {
    Files.setAttribute(live.at(RCPT), "unix:mode", 0664);
    Files.setAttribute(live.at(RCPT), "unix:gid", 162);
    Map<String, String> before = live.image();
    DomainMove.Report report = move(snapshot());
    assertThat(report.problems()).isZero();
    assertThat(report.files()).isEqualTo(4);
    isComplete();
    Map<String, String> after = live.image();
    after.keySet().removeIf(path -> path.startsWith(HOME));
    for (String changed : List.of(ASSIGN, VIRTUAL, RCPT)) {
      assertThat(owner(after.get(changed))).isEqualTo(owner(before.get(changed)));
      after.put(changed, before.getOrDefault(changed, ""));
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void the_lines_come_in_an_order_in_which_mail_is_never_taken_for_what_is_not_there() {
    Object _ = move(snapshot());
    assertThat(told)
        .extracting(line -> line.replaceAll(" .*", ""))
        .containsExactly("/" + ASSIGN, "/" + VIRTUAL, "/" + RCPT);
  }

  @Test
  void on_request_its_files_are_added_where_the_new_server_has_it_and_its_lines_stay()
      throws IOException {
    live.domain("example.com", "7/example.com", "anna");
    String there = "home/vpopmail/domains/7/example.com";
    Files.writeString(live.at(there + "/anna/Maildir/new/1800000000.9.mx"), "new\n");
    Files.writeString(live.at(there + "/.qmail-default"), "| mine\n");
    existing = RestoreSettings.Existing.SKIP;
    Object _ = move(snapshot());
    assertThat(live.at(there + "/anna/Maildir/new/1800000000.9.mx")).exists();
    assertThat(live.at(there + "/bert/Maildir/new/1700000000.1.mx,S=5")).exists();
    assertThat(live.at(there + "/.qmail-default")).hasContent("| mine");
    assertThat(live.at(HOME)).doesNotExist();
    assertThat(live.read(ASSIGN).split("example.com-", -1)).hasSize(2);
    assertThat(live.read(ASSIGN))
        .contains("+example.org-:example.com:1089:1089:/home/vpopmail/domains/7/example.com:-::");
    existing = RestoreSettings.Existing.REPLACE;
    Object _ = move(snapshot());
    assertThat(live.at(there + "/.qmail-default")).content().contains("vdelivermail");
  }

  @Test
  void from_fifty_lines_of_rcpthosts_on_morercpthosts_gets_the_names_and_is_compiled()
      throws IOException {
    String many =
        IntStream.range(0, 49)
            .mapToObj(i -> "d" + (100 + i) + ".example\n")
            .collect(Collectors.joining());
    live.write(RCPT, many);
    DomainMove.Report report = move(snapshot());
    assertThat(live.read(RCPT)).contains("example.com\n").doesNotContain("example.org");
    assertThat(live.read("var/qmail/control/morercpthosts")).isEqualTo("example.org\n");
    assertThat(commands(report.plan())).contains("/var/qmail/bin/qmail-newmrh");
  }

  @Test
  void a_server_that_takes_mail_for_anyone_still_does() throws IOException {
    Files.delete(live.at(RCPT));
    assertThat(move(snapshot()).plan().notes()).anyMatch(note -> note.contains("rcpthosts"));
    assertThat(live.at(RCPT)).doesNotExist();
    assertThat(live.at("var/qmail/control/morercpthosts")).doesNotExist();
  }

  @Test
  void what_the_new_server_took_for_local_mail_is_no_longer() throws IOException {
    live.write("var/qmail/control/locals", "localhost\nexample.com\nmail.example.com\n");
    Object _ = move(snapshot());
    assertThat(live.read("var/qmail/control/locals")).isEqualTo("localhost\nmail.example.com\n");
  }

  @Test
  void lines_for_single_addresses_and_subdomains_come_along() throws IOException {
    old.write(
        VIRTUAL,
        "example.com:example.com\nanna@example.com:alias-anna\n.example.com:example.com\n"
            + "anna@stays.net:alias-anna\nnotexample.com:x\n");
    old.write(RCPT, "example.com\n.example.com\nnotexample.com\n");
    DomainMove.Report report = move(snapshot());
    assertThat(live.read(VIRTUAL))
        .contains("anna@example.com:alias-anna\n", ".example.com:example.com\n")
        .contains("example.org:example.org\n")
        .doesNotContain("stays", "notexample");
    assertThat(live.read(RCPT)).contains(".example.com\n").doesNotContain("notexample");
    assertThat(live.read(RCPT)).as("the old server refused it").doesNotContain("example.org");
    assertThat(report.plan().notes())
        .anyMatch(note -> note.contains("alias-anna"))
        .anyMatch(note -> note.contains("no mail for example.org"));
  }

  @Test
  void accounts_in_a_database_are_told_of_and_nothing_is_compiled_for_them() throws IOException {
    Files.delete(old.at("home/vpopmail/domains/0/example.com/vpasswd"));
    MovePlan plan = plan(snapshot());
    assertThat(plan.notes())
        .anyMatch(
            note ->
                note.contains("database")
                    && note.contains("/home/vpopmail/domains/example.com in place of"));
    assertThat(commands(plan)).noneMatch(command -> command.contains("vmkpasswd"));
  }

  @Test
  void instructions_that_name_the_old_place_name_the_new_one_and_are_else_what_they_were()
      throws IOException {
    Path folder = old.at("home/vpopmail/domains/0/example.com");
    Files.writeString(
        folder.resolve(".qmail-info"), "/home/vpopmail/domains/0/example.com/anna/Maildir/\n");
    Files.setAttribute(folder.resolve(".qmail-info"), "unix:mode", 0640);
    Files.createSymbolicLink(
        folder.resolve(".qmail-list"), Path.of("/home/vpopmail/domains/0/example.com/list/editor"));
    Files.createDirectories(folder.resolve("list/archive"));
    Files.writeString(
        folder.resolve("list/editor"), "|ezmlm-send '/home/vpopmail/domains/0/example.com/list'\n");
    Files.writeString(folder.resolve("list/archive/01"), "/home/vpopmail/domains/0/example.com\n");
    Files.writeString(folder.resolve(".qmail-x"), "/home/vpopmail/domains/0/example.community/\n");
    old.own(folder);
    Snapshot snapshot = snapshot();
    assertThat(plan(snapshot).notes())
        .anyMatch(note -> note.contains(".qmail-info, .qmail-list, list/editor"));
    Object _ = move(snapshot);
    assertThat(live.read(HOME + "/.qmail-info"))
        .isEqualTo("/home/vpopmail/domains/example.com/anna/Maildir/\n");
    assertThat(Files.readSymbolicLink(live.at(HOME + "/.qmail-list")))
        .hasToString("/home/vpopmail/domains/example.com/list/editor");
    assertThat(live.read(HOME + "/list/editor"))
        .isEqualTo("|ezmlm-send '/home/vpopmail/domains/example.com/list'\n");
    Map<String, String> is = movedFolder();
    Map<String, String> was = expectedFolder();
    for (String changed : List.of("/.qmail-info", "/.qmail-list", "/list/editor")) {
      assertThat(image(is.remove(changed))).isEqualTo(image(was.remove(changed)));
    }
    assertThat(is).isEqualTo(was);
  }

  @Test
  void a_folder_behind_a_link_is_found_where_it_is() throws IOException {
    Files.move(old.at("home/vpopmail"), Files.createDirectories(old.at("srv")).resolve("vp"));
    Files.createSymbolicLink(old.at("home/vpopmail"), Path.of("../srv/vp"));
    Object _ = move(snapshot());
    assertThat(live.read(HOME + "/vpasswd")).contains(":/home/vpopmail/domains/example.com/anna:");
    assertThat(live.at(HOME + "/anna/Maildir/new/1700000000.1.mx,S=5")).exists();
  }

  @Test
  void the_plan_says_what_is_to_be_done_and_does_nothing() {
    Map<String, String> before = live.image();
    MovePlan plan = plan(snapshot());
    assertThat(live.image()).isEqualTo(before);
    MovingDomain domain = plan.domains().getFirst();
    assertThat(domain.names()).containsExactly("example.com", "example.org");
    assertThat(domain.files()).isEqualTo(4);
    assertThat(plan.mapping().uid(89)).isEqualTo(1089);
    assertThat(plan.changes())
        .extracting(change -> change.file().toString(), change -> change.added().size())
        .containsExactly(tuple("/" + ASSIGN, 2), tuple("/" + VIRTUAL, 2), tuple("/" + RCPT, 2));
  }

  /** Type, mode and owner of a line of an image. */
  private static String owner(@Nullable String text) {
    return String.valueOf(text).replaceAll("(:\\d+) .*", "$1");
  }
}
