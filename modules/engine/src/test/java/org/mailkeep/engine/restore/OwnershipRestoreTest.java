package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.account.FakeHost;
import org.mailkeep.engine.account.Manifests;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.repository.snapshot.Snapshot;

/** A snapshot of a host whose vpopmail is 89, restored to one whose vpopmail is 1089. */
class OwnershipRestoreTest {

  private static final FileTime OLD =
      FileTime.from(Instant.parse("2020-02-02T02:02:02.000000002Z"));
  private static final String ASSIGN =
      "+example.com-:example.com:89:89:/home/vpopmail/domains/example.com:-::\n.\n";
  private static final String VPASSWD =
      "anna:$1$abc:1:0:Anna:/home/vpopmail/domains/example.com/anna:NOQUOTA\n";

  @TempDir private Path folder;
  private Path target;
  private TestRepository repository;
  private Snapshot snapshot;

  private final FakeHost here =
      new FakeHost()
          .user("vpopmail", 1089, 1089, "/home/vpopmail", "/bin/true")
          .group("vchkpw", 1089)
          .user("postfix", 89)
          .group("postfix", 89);

  @BeforeEach
  void a_snapshot_of_the_other_host() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    Path source = folder.resolve("source");
    write(source.resolve("home/vpopmail/domains/example.com/anna/Maildir/new/1.1.mx"), "hello\n");
    write(source.resolve("home/vpopmail/domains/example.com/vpasswd"), VPASSWD);
    write(source.resolve("var/qmail/users/assign"), ASSIGN);
    write(source.resolve("var/qmail/control/me"), "mx1\n");
    Files.createSymbolicLink(source.resolve("home/vpopmail/link"), Path.of("domains"));
    try (Stream<Path> files = Files.walk(source.resolve("home/vpopmail"))) {
      for (Path file : files.toList()) {
        own(file, 89);
      }
    }
    own(source.resolve("var/qmail/control/me"), 1005);
    Files.setLastModifiedTime(source.resolve("var/qmail/users/assign"), OLD);
    repository = new TestRepository(folder);
    Snapshot made = repository.backup(source).snapshot();
    snapshot =
        new Snapshot(
            made.id(),
            Manifests.elsewhere(
                made.manifest(),
                Map.of(0, "root", 89, "vpopmail", 1005, ""),
                Map.of(0, "root", 89, "vchkpw", 1005, ""),
                new FakeHost().user("vpopmail", 89).group("vchkpw", 89).facts()));
    target = folder.resolve("target");
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void own(Path file, int id) throws IOException {
    Files.setAttribute(file, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
  }

  private RestoreRun restore(OwnershipRequest request) {
    return repository.restore(snapshot).on(here).owners(request);
  }

  private static OwnershipRequest byName() {
    return new OwnershipRequest(true, false, Map.of(), Map.of(), List.of());
  }

  private static OwnershipRequest mapped(int uid, int gid) {
    return new OwnershipRequest(false, false, Map.of(89, uid), Map.of(89, gid), List.of());
  }

  /** Every path below with its owner and group. */
  private static Map<String, String> owners(Path root) throws IOException {
    Map<String, String> owners = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Map<String, Object> is =
            Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        owners.put(root.relativize(file).toString(), is.get("uid") + ":" + is.get("gid"));
      }
    }
    return owners;
  }

  private Path restored() {
    return target.resolve(folder.resolve("source").toString().substring(1));
  }

  private Map<String, String> expected(String vpopmail) throws IOException {
    Map<String, String> owners = owners(folder.resolve("source"));
    owners.replaceAll((_, owner) -> owner.equals("89:89") ? vpopmail : owner);
    return owners;
  }

  private String assign() throws IOException {
    return Files.readString(restored().resolve("var/qmail/users/assign"), US_ASCII);
  }

  @Test
  void without_a_word_from_the_user_it_is_refused_before_a_byte_is_written() {
    assertThatThrownBy(() -> restore(OwnershipRequest.EXACT).to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("user vpopmail is 89 in the snapshot and 1089 here")
        .hasMessageContaining("group vchkpw is 89 in the snapshot and 1089 here");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_dry_run_foretells_the_refusal() {
    RestoreRun restore = restore(OwnershipRequest.EXACT);
    Plan plan = restore.dryRunTo(target);
    assertThat(plan.of(Change.MAKE).files()).isEqualTo(5);
    assertThat(plan.refusals())
        .singleElement()
        .asString()
        .contains("vpopmail is 89 in the snapshot", "--by-name");
  }

  @Test
  void by_name_everything_of_vpopmail_is_of_the_vpopmail_here() throws IOException {
    RestoreRun restore = restore(byName());
    assertThat(restore.to(target).problems()).isZero();
    assertThat(owners(restored())).isEqualTo(expected("1089:1089"));
    assertThat(assign())
        .isEqualTo(
            "+example.com-:example.com:1089:1089:/home/vpopmail/domains/example.com:-::\n.\n");
    assertThat(restore.rewritten())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path().toString()).endsWith("/var/qmail/users/assign");
              assertThat(file.lines()).isEqualTo(1);
              assertThat(file.examples()).containsExactly("line 1 (+example.com-)");
              assertThat(file.rebuild()).isEqualTo("qmail-newu");
            });
  }

  @Test
  void by_map_everything_of_the_number_gets_the_number_named() throws IOException {
    RestoreRun restore = restore(mapped(2001, 2002));
    assertThat(restore.to(target).problems()).isZero();
    assertThat(owners(restored())).isEqualTo(expected("2001:2002"));
    assertThat(assign()).contains(":2001:2002:");
  }

  @Test
  void a_map_of_the_user_alone_leaves_the_group_refused() {
    OwnershipRequest half =
        new OwnershipRequest(false, false, Map.of(89, 1089), Map.of(), List.of());
    assertThatThrownBy(() -> restore(half).to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("group vchkpw")
        .message()
        .doesNotContain("user vpopmail");
  }

  @Test
  void numeric_owner_keeps_the_numbers_whatever_they_are_called_here() throws IOException {
    OwnershipRequest numeric = new OwnershipRequest(false, true, Map.of(), Map.of(), List.of());
    RestoreRun restore = restore(numeric);
    assertThat(restore.to(target).problems()).isZero();
    assertThat(owners(restored())).isEqualTo(expected("89:89"));
    assertThat(assign()).isEqualTo(ASSIGN);
    assertThat(restore.rewritten()).isEmpty();
  }

  @Test
  void on_a_host_that_knows_none_of_the_names_it_is_restored_by_number_with_a_warning()
      throws IOException {
    RestoreRun restore = restore(OwnershipRequest.EXACT).on(new FakeHost());
    assertThat(restore.to(target).problems()).isZero();
    assertThat(owners(restored())).isEqualTo(expected("89:89"));
    assertThat(restore.warnings())
        .singleElement()
        .asString()
        .contains("user vpopmail (89)", "group vchkpw (89)")
        .doesNotContain("1005");
  }

  @Test
  void a_part_that_vpopmail_owns_nothing_of_needs_no_vpopmail() throws IOException {
    RestoreRun restore =
        restore(OwnershipRequest.EXACT).part(folder.resolve("source/var/qmail/control"));
    assertThat(restore.to(target).problems()).isZero();
    assertThat(restored().resolve("var/qmail/control/me")).hasContent("mx1");
  }

  @Test
  void a_rewritten_file_keeps_the_time_and_all_else_of_the_snapshot() throws IOException {
    Object _ = restore(byName()).to(target);
    Path file = restored().resolve("var/qmail/users/assign");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(OLD);
    assertThat(Files.getAttribute(file, "unix:mode"))
        .isEqualTo(
            Files.getAttribute(folder.resolve("source/var/qmail/users/assign"), "unix:mode"));
  }

  @Test
  void a_home_that_moved_is_rewritten_in_both_files() throws IOException {
    OwnershipRequest moved =
        new OwnershipRequest(
            true,
            false,
            Map.of(),
            Map.of(),
            List.of(new HomeMove(ByteString.of("/home/vpopmail"), ByteString.of("/srv/vpopmail"))));
    RestoreRun restore = restore(moved);
    Object _ = restore.to(target);
    assertThat(assign())
        .isEqualTo(
            "+example.com-:example.com:1089:1089:/srv/vpopmail/domains/example.com:-::\n.\n");
    assertThat(restored().resolve("home/vpopmail/domains/example.com/vpasswd"))
        .hasContent("anna:$1$abc:1:0:Anna:/srv/vpopmail/domains/example.com/anna:NOQUOTA\n");
    assertThat(restore.rewritten())
        .extracting(RewrittenFile::rebuild)
        .containsExactlyInAnyOrder("qmail-newu", "vmkpasswd example.com");
  }

  @Test
  void under_a_mapping_nothing_is_touched_where_all_is_as_it_should_be() throws IOException {
    OwnershipRequest moved =
        new OwnershipRequest(
            true,
            false,
            Map.of(),
            Map.of(),
            List.of(new HomeMove(ByteString.of("/home/vpopmail"), ByteString.of("/srv/vpopmail"))));
    Object _ = restore(moved).to(target);
    Object before = Files.getAttribute(restored().resolve("var/qmail/users/assign"), "unix:ino");
    RestoreRun again = restore(moved).ifChanged().verify();
    Restore.Report report = again.to(target);
    assertThat(report.kept()).isEqualTo(5);
    assertThat(report.differences()).isZero();
    assertThat(report.nextSteps()).as("nothing came back").isEmpty();
    assertThat(Files.getAttribute(restored().resolve("var/qmail/users/assign"), "unix:ino"))
        .isEqualTo(before);
  }

  @Test
  void under_a_mapping_what_has_the_snapshots_numbers_is_mended_and_rewritten() throws IOException {
    OwnershipRequest numeric = new OwnershipRequest(false, true, Map.of(), Map.of(), List.of());
    Object _ = restore(numeric).to(target);
    RestoreRun again = restore(byName()).ifChanged();
    Plan plan = again.dryRunTo(target);
    assertThat(plan.of(Change.REPLACE).files()).as("assign").isEqualTo(1);
    assertThat(plan.of(Change.MEND).files()).as("of vpopmail").isEqualTo(3);
    assertThat(plan.users())
        .contains(new Plan.Owner(1089, "vpopmail", 89, "vpopmail", 9))
        .contains(new Plan.Owner(1005, "", 1005, "", 1));
    Restore.Report report = again.verify().to(target);
    assertThat(report.files()).isEqualTo(1);
    assertThat(report.mended()).isEqualTo(3);
    assertThat(report.differences()).isZero();
    assertThat(owners(restored())).isEqualTo(expected("1089:1089"));
    assertThat(assign()).contains(":1089:1089:");
  }

  @Test
  void a_verification_compares_with_the_owners_that_files_get_here() throws IOException {
    Object _ = restore(byName()).to(target);
    own(restored().resolve("home/vpopmail/link"), 89);
    Files.writeString(restored().resolve("var/qmail/users/assign"), ASSIGN);
    Files.setLastModifiedTime(restored().resolve("var/qmail/users/assign"), OLD);
    RestoreRun look = restore(byName()).skip().verify();
    assertThat(look.to(target).differences()).isEqualTo(2);
    assertThat(look.differences())
        .anyMatch(text -> text.endsWith("/link: owner 89, not 1089, group 89, not 1089"))
        .anyMatch(text -> text.contains("/users/assign: other content from byte 26 on"));
  }

  @Test
  void a_name_service_that_is_down_refuses_before_a_byte_is_written() {
    assertThatThrownBy(() -> restore(byName()).on(here.down()).to(target))
        .isInstanceOf(RefusedException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void the_numbers_in_an_acl_are_mapped_too() {
    byte[] acl = {
      2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 2, 0, 7, 0, 89, 0, 0, 0, 4, 0, 5, 0, -1, -1, -1, -1,
      8, 0, 5, 0, 89, 0, 0, 0
    };
    byte[] mapped = acl.clone();
    mapped[16] = 0x41;
    mapped[17] = 4;
    mapped[32] = 0x42;
    mapped[33] = 4;
    OwnerMapping mapping = new OwnerMapping(Map.of(89, 0x441), Map.of(89, 0x442), List.of());
    for (String name : List.of("system.posix_acl_access", "system.posix_acl_default")) {
      assertThat(value(name, acl, mapping)).isEqualTo(mapped);
      assertThat(value(name, acl, OwnerMapping.EXACT)).isEqualTo(acl);
    }
    assertThat(value("user.comment", acl, mapping)).isEqualTo(acl);
    byte[] cut = Arrays.copyOf(acl, acl.length - 1);
    assertThat(value("system.posix_acl_access", cut, mapping)).isEqualTo(cut);
  }

  private static byte[] value(String name, byte[] value, OwnerMapping mapping) {
    return MappedAttributes.value(
        new Attribute(ByteString.of(name), ByteString.of(value)), mapping);
  }
}
