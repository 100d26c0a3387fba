package org.mailkeep.engine.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.snapshot.Manifest;

/** Runs the script for real: by the shadow tools on another root, and with commands that record. */
class AccountScriptTest {

  private static final FakeHost QMAIL =
      new FakeHost()
          .user("alias", 161, 161, "/var/qmail/alias", "/bin/true")
          .user("qmailq", 165, 162, "/var/qmail", "/bin/true")
          .user("vpopmail", 89, 89, "/home/vpopmail", "")
          .user("anna", 1001, 1001, "/home/anna", "/bin/bash")
          .group("nofiles", 161)
          .group("qmail", 162, "anna")
          .group("vchkpw", 89)
          .group("anna", 1001);

  private static final List<String> WORDS_TO_BREAK_A_SHELL =
      List.of(
          "$(touch broken)",
          "`touch broken`",
          "'; touch broken; '",
          "\"; touch broken; \"",
          "\\",
          "*",
          "a b",
          "$root",
          "&& touch broken",
          "\u00e9\udce9");

  @TempDir private Path folder;
  private Path other;

  @BeforeEach
  void an_almost_empty_system() throws IOException {
    other = Files.createDirectories(folder.resolve("other system"));
    Files.createDirectory(other.resolve("etc"));
    Files.writeString(other.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(other.resolve("etc/group"), "root:x:0:\n");
    Files.writeString(other.resolve("etc/shadow"), "root:*:20000:0:99999:7:::\n");
    Files.writeString(other.resolve("etc/gshadow"), "root:*::\n");
  }

  private static Manifest manifest(AccountFacts facts) {
    return Manifests.of(Map.of(), Map.of(), facts);
  }

  private record Outcome(int exit, String text) {}

  private Outcome run(String shell, String script, Path path, String... arguments)
      throws Exception {
    Path file = Files.write(folder.resolve("script.sh"), RawText.encode(script));
    List<String> command = new ArrayList<>(List.of(shell, file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", path + ":/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private Outcome runOnOther(String script) throws Exception {
    return run("/bin/sh", script, folder, other.toString());
  }

  private static void assumeShadowTools() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/useradd"))
            && "root".equals(System.getProperty("user.name")),
        "needs root and the shadow tools");
  }

  private static String script(AccountFacts facts, TargetSystem system) {
    return AccountScript.of(manifest(facts), system, "snapshot 1a2b");
  }

  @Test
  void on_linux_it_makes_all_accounts_and_a_second_run_changes_nothing() throws Exception {
    assumeShadowTools();
    String script = script(QMAIL.facts(), TargetSystem.LINUX);
    Outcome first = runOnOther(script);
    assertThat(first.exit()).as(first.text()).isZero();
    assertThat(other.resolve("etc/passwd"))
        .content()
        .isEqualTo(
            """
            root:x:0:0:root:/root:/bin/sh
            alias:x:161:161::/var/qmail/alias:/bin/true
            qmailq:x:165:162::/var/qmail:/bin/true
            vpopmail:x:89:89::/home/vpopmail:
            anna:x:1001:1001::/home/anna:/bin/bash
            """);
    assertThat(other.resolve("etc/group"))
        .content()
        .isEqualTo("root:x:0:\nnofiles:x:161:\nqmail:x:162:anna\nvchkpw:x:89:\nanna:x:1001:\n");
    assertThat(other.resolve("home")).doesNotExist();
    assertThat(other.resolve("var/qmail")).doesNotExist();
    List<String> files = Files.readAllLines(other.resolve("etc/passwd"));
    Outcome second = runOnOther(script);
    assertThat(second.exit()).as(second.text()).isZero();
    assertThat(second.text()).contains("user vpopmail is 89 already").doesNotContain("made");
    assertThat(Files.readAllLines(other.resolve("etc/passwd"))).isEqualTo(files);
  }

  @Test
  void what_is_there_under_another_number_or_name_stays_and_is_told() throws Exception {
    assumeShadowTools();
    Files.writeString(
        other.resolve("etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\npostfix:x:89:89::/:/bin/sh\nqmailq:x:7:9::/:/bin/sh\n"
            + "alias:x:161:9::/:/bin/sh\n");
    Files.writeString(other.resolve("etc/group"), "root:x:0:\npostfix:x:89:\nqmail:x:9:\n");
    String before = Files.readString(other.resolve("etc/passwd"));
    Outcome outcome = runOnOther(script(QMAIL.facts(), TargetSystem.LINUX));
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.text())
        .contains("user vpopmail not made: 89 is postfix here")
        .contains("group vchkpw not made: 89 is postfix here")
        .contains("user qmailq is 7 here, not 165; left as it is")
        .contains("group qmail is 9 here, not 162; left as it is")
        .contains("user alias is 161 already, but its own group is 9 here, not 161")
        .contains("user anna made as 1001");
    assertThat(other.resolve("etc/passwd")).content().startsWith(before);
  }

  @Test
  void two_users_of_one_number_come_back_as_two() throws Exception {
    assumeShadowTools();
    AccountFacts facts =
        new FakeHost()
            .user("vpopmail", 89, 89, "/home/vpopmail", "/bin/true")
            .user("mail2", 89, 89, "/", "/bin/true")
            .group("vchkpw", 89)
            .group("also", 89)
            .facts();
    Outcome outcome = runOnOther(script(facts, TargetSystem.LINUX));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(other.resolve("etc/passwd")).content().contains("vpopmail:x:89:", "mail2:x:89:");
    assertThat(other.resolve("etc/group")).content().contains("vchkpw:x:89:", "also:x:89:");
  }

  @Test
  void a_root_without_accounts_is_an_error() throws Exception {
    Outcome outcome =
        run("/bin/sh", script(QMAIL.facts(), TargetSystem.LINUX), folder, folder.toString());
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.text()).contains("there are no accounts in");
  }

  /** Commands under these names that write down what they were given, an argument a line. */
  private Path recorders(String... names) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String name : names) {
      Path file = bin.resolve(name);
      Files.writeString(
          file,
          "#!/bin/sh\n{ printf '%s' \""
              + name
              + "\"; printf ' <%s>' \"$@\"; echo; } >> "
              + "'"
              + folder.resolve("record")
              + "'\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(bin.resolve("getent"), "#!/bin/sh\nexit 2\n");
    Files.setPosixFilePermissions(
        bin.resolve("getent"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }

  @Test
  void on_freebsd_it_uses_pw() throws Exception {
    Path bin = recorders("pw");
    Outcome outcome = run("/bin/sh", script(QMAIL.facts(), TargetSystem.FREEBSD), bin);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(Files.readAllLines(folder.resolve("record")))
        .containsExactly(
            "pw <groupadd> <-n> <nofiles> <-g> <161>",
            "pw <groupadd> <-n> <qmail> <-g> <162>",
            "pw <groupadd> <-n> <vchkpw> <-g> <89>",
            "pw <groupadd> <-n> <anna> <-g> <1001>",
            "pw <useradd> <-n> <alias> <-u> <161> <-g> <161> <-c> <> <-d> </var/qmail/alias>"
                + " <-s> </bin/true>",
            "pw <useradd> <-n> <qmailq> <-u> <165> <-g> <162> <-c> <> <-d> </var/qmail>"
                + " <-s> </bin/true>",
            "pw <useradd> <-n> <vpopmail> <-u> <89> <-g> <89> <-c> <> <-d> </home/vpopmail>",
            "pw <useradd> <-n> <anna> <-u> <1001> <-g> <1001> <-c> <> <-d> </home/anna>"
                + " <-s> </bin/bash>",
            "pw <groupmod> <-n> <qmail> <-m> <anna>");
  }

  @Test
  void hostile_homes_shells_and_comments_reach_the_command_as_they_are() throws Exception {
    Path bin = recorders("groupadd", "useradd", "usermod");
    for (String shell : List.of("/bin/dash", "/bin/bash")) {
      if (!Files.exists(Path.of(shell))) {
        continue;
      }
      for (String hostile : WORDS_TO_BREAK_A_SHELL) {
        Files.deleteIfExists(folder.resolve("record"));
        UserAccount user =
            new UserAccount("vpopmail", 89, 89, hostile, "/home/" + hostile, "/bin/" + hostile);
        String script = script(new AccountFacts(List.of(user), List.of()), TargetSystem.LINUX);
        Outcome outcome = run(shell, script, bin);
        assertThat(outcome.exit()).as(outcome.text()).isZero();
        assertThat(RawText.decode(Files.readAllBytes(folder.resolve("record"))))
            .isEqualTo(
                "useradd <--system> <--uid> <89> <--gid> <89> <--comment> <"
                    + hostile
                    + "> <--home-dir> </home/"
                    + hostile
                    + "> <--shell> </bin/"
                    + hostile
                    + "> <--no-create-home> <--> <vpopmail>\n");
      }
    }
    assertThat(folder.resolve("broken")).doesNotExist();
  }

  @Test
  void hostile_names_reach_the_command_or_are_refused_and_never_the_shell() throws Exception {
    Path bin = recorders("groupadd", "useradd", "usermod");
    List<String> names = new ArrayList<>(WORDS_TO_BREAK_A_SHELL);
    names.addAll(List.of("-rf", "1234", "a:b", "a\nb", "touch broken\n", "a,b", "\0", "$x", "a'b"));
    for (String hostile : names) {
      UserAccount user = new UserAccount(hostile, 89, 89, "", "/", "/bin/sh");
      GroupAccount group = new GroupAccount(hostile, 89, List.of(hostile));
      String script = script(new AccountFacts(List.of(user), List.of(group)), TargetSystem.LINUX);
      Outcome outcome = run("/bin/sh", script, bin);
      boolean passed = outcome.exit() == 0;
      assertThat(outcome.exit()).as(outcome.text()).isBetween(0, 1);
      assertThat(outcome.text()).as(hostile).contains(passed ? " made as 89" : "cannot be made");
    }
    assertThat(folder.resolve("broken")).doesNotExist();
  }

  @Test
  void of_a_user_without_facts_it_says_that_it_must_be_made_by_hand() throws Exception {
    Manifest manifest =
        Manifests.of(Map.of(89, "vpopmail", 7, ""), Map.of(89, "vchkpw"), AccountFacts.NONE);
    Path bin = recorders("groupadd", "useradd");
    Outcome outcome =
        run("/bin/sh", AccountScript.of(manifest, TargetSystem.LINUX, "x\ntouch broken"), bin);
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.text()).contains("user vpopmail (89) is to be made by hand");
    assertThat(Files.readAllLines(folder.resolve("record")))
        .containsExactly("groupadd <--gid> <89> <--> <vchkpw>");
    assertThat(folder.resolve("broken")).doesNotExist();
  }
}
