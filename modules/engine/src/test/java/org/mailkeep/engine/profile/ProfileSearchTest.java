package org.mailkeep.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.account.FakeHost;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;

/** A host under a folder of its own: qmail, vpopmail, Courier, daemontools, tcp rules. */
class ProfileSearchTest {

  @TempDir private Path host;
  private final FakeHost accounts = new FakeHost();

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = host.resolve(name);
      Files.createDirectories(file.getParent());
      if (name.endsWith("/")) {
        Files.createDirectory(file);
      } else {
        Files.writeString(file, name);
      }
    }
  }

  private void link(String name, String target) throws IOException {
    Files.createDirectories(host.resolve(name).getParent());
    Files.createSymbolicLink(host.resolve(name), Path.of(target));
  }

  private ProfileChoice choose(String... names) {
    return ProfileChoice.of(
        List.of(names),
        Profiles.with(host.resolve("none")),
        new ProfileSearch(RawPath.of(host.toString()), accounts));
  }

  private List<String> found(String... names) {
    return choose(names).manifest().stream()
        .flatMap(profile -> profile.paths().stream())
        .map(RawPath::text)
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void of_qmail_its_site_data_is_found_and_never_the_queue_nor_programs() throws IOException {
    files(
        "var/qmail/alias/.qmail-root",
        "var/qmail/control/me",
        "var/qmail/users/assign",
        "var/qmail/rc",
        "var/qmail/queue/mess/0/1",
        "var/qmail/bin/qmail-queue",
        "var/qmail/bin/qmailctl",
        "var/qmail/supervise/qmail-send/run",
        "etc/init.d/qmail");
    assertThat(found("qmail"))
        .containsExactly(
            "/etc/init.d/qmail",
            "/var/qmail/alias",
            "/var/qmail/bin/qmailctl",
            "/var/qmail/control",
            "/var/qmail/rc",
            "/var/qmail/supervise",
            "/var/qmail/users");
  }

  @Test
  void domains_are_found_by_home_and_by_assignment_hashed_moved_and_linked() throws IOException {
    accounts.user("vpopmail", 89, 89, "/srv/vpopmail", "/bin/true");
    files(
        "srv/vpopmail/domains/0/example.com/vpasswd",
        "srv/vpopmail/etc/vlimits.default",
        "srv/vpopmail/bin/vadduser",
        "data/big.example/vpasswd",
        "mnt/disk/moved.example/vpasswd");
    link("srv/moved.example", "../mnt/disk/moved.example");
    files("var/qmail/users/x");
    Files.writeString(
        host.resolve("var/qmail/users/assign"),
        """
        +example.com-:example.com:89:89:/srv/vpopmail/domains/0/example.com:-::
        +big.example-:big.example:89:89:/data/big.example:-::
        +alias.example-:big.example:89:89:/data/big.example:-::
        +moved.example-:moved.example:89:89:/srv/moved.example:-::
        +gone.example-:gone.example:89:89:/nowhere/gone.example:-::
        .
        +late.example-:late.example:89:89:/srv/vpopmail/bin:-::
        """);
    assertThat(found("vpopmail"))
        .containsExactly(
            "/data/big.example",
            "/mnt/disk/moved.example",
            "/srv/moved.example",
            "/srv/vpopmail/domains",
            "/srv/vpopmail/domains/0/example.com",
            "/srv/vpopmail/etc");
  }

  @Test
  void services_are_found_with_the_links_that_switch_them_on() throws IOException {
    files(
        "var/qmail/supervise/qmail-send/run",
        "var/qmail/supervise/qmail-send/log/main/@40000000.s",
        "service/.hidden/run");
    link("service/qmail-send", "/var/qmail/supervise/qmail-send");
    link("service/gone", "/var/qmail/supervise/gone");
    assertThat(found("daemontools"))
        .containsExactly(
            "/service", "/service/gone", "/service/qmail-send", "/var/qmail/supervise/qmail-send");
    assertThat(choose("daemontools").without())
        .anyMatch(
            pattern ->
                pattern.matches(RawPath.of("/var/qmail/supervise/qmail-send/log/main/@40000000.s")))
        .noneMatch(
            pattern -> pattern.matches(RawPath.of("/var/qmail/supervise/qmail-send/log/run")));
  }

  @Test
  void rules_and_configurations_are_found_in_all_the_places_of_guides() throws IOException {
    accounts.user("vpopmail", 89, 89, "/home/vpopmail", "/bin/true");
    files(
        "etc/tcp/smtp",
        "etc/tcp.smtp",
        "etc/tcp.smtp.cdb",
        "etc/tcprules.d/tcp.smtp",
        "home/vpopmail/etc/tcp.smtp",
        "var/qmail/control/tcp.smtp",
        "etc/authlib/authdaemonrc",
        "etc/courier/imapd",
        "etc/courier/authmysqlrc",
        "usr/lib/courier-imap/etc/imapd",
        "usr/lib/courier-imap/share/imapd.pem",
        "usr/lib/courier-imap/share/mkimapdcert");
    assertThat(found("tcpserver"))
        .containsExactly(
            "/etc/tcp",
            "/etc/tcp.smtp",
            "/etc/tcp.smtp.cdb",
            "/etc/tcprules.d",
            "/home/vpopmail/etc/tcp.smtp",
            "/var/qmail/control/tcp.smtp");
    assertThat(found("authlib", "courier"))
        .containsExactly(
            "/etc/authlib",
            "/etc/courier",
            "/etc/courier/authmysqlrc",
            "/usr/lib/courier-imap/etc",
            "/usr/lib/courier-imap/share/imapd.pem");
  }

  @Test
  void a_control_folder_that_is_a_link_is_found_as_both() throws IOException {
    files("etc/qmail/me", "home/jo/Maildir/cur/1", "home/al/x");
    link("var/qmail/control", "../../etc/qmail");
    assertThat(found("qmail")).containsExactly("/etc/qmail", "/var/qmail/control");
    assertThat(found("maildir")).containsExactly("/home/jo/Maildir");
  }

  @Test
  void links_that_go_in_circles_end() throws IOException {
    link("var/qmail/control", "alias");
    link("var/qmail/alias", "control");
    assertThat(found("qmail")).containsExactly("/var/qmail/alias", "/var/qmail/control");
  }

  @Test
  void auto_takes_what_finds_something_and_tells_the_rest() throws IOException {
    files("var/qmail/control/me", "etc/dovecot/dovecot.conf");
    ProfileChoice choice = choose("auto");
    assertThat(choice.manifest()).extracting("name").containsExactly("dovecot", "qmail");
    assertThat(choice.absent()).extracting(Profile::name).contains("vpopmail", "courier");
  }

  @Test
  void a_profile_that_was_named_and_finds_nothing_is_an_error() throws IOException {
    files("var/qmail/control/me");
    assertThatThrownBy(() -> choose("qmail", "courier"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("'courier' finds nothing");
    Files.delete(host.resolve("var/qmail/control/me"));
    Files.delete(host.resolve("var/qmail/control"));
    assertThatThrownBy(() -> choose("auto")).isInstanceOf(NotFoundException.class);
  }
}
