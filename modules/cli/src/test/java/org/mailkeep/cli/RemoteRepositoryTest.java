package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.storage.s3.TestBucket;
import org.mailkeep.storage.sftp.OpenSshServer;
import org.mailkeep.testkit.mail.MailTree;

/** Repositories on other machines, as an admin meets them. */
final class RemoteRepositoryTest {

  @TempDir private Path folder;
  private Path source;
  private Shell shell;

  @BeforeEach
  void makeMail() throws IOException {
    source = folder.resolve("mail");
    var _ = MailTree.create(source, 7, 2, 3).deliver(40);
    shell = new Shell(folder);
  }

  /** The main job: all commands that a night with a dead disk takes, without any host state. */
  private void mainJob(String... options) throws IOException {
    assertThat(run(options, "init").exit()).isZero();
    Shell.Outcome again = run(options, "init");
    assertThat(again.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).contains("There is a repository in ");
    Shell.Outcome backup = run(options, "backup", source.toString());
    assertThat(backup.err()).isEmpty();
    assertThat(backup.exit()).isZero();
    Files.writeString(source.resolve("late"), "too late");
    assertThat(run(options, "backup", source.toString()).exit()).isZero();
    shell.with("MAILKEEP_STATE_DIR", folder.resolve("state of another host").toString());
    assertThat(run(options, "snapshots").out().lines()).hasSize(3);
    assertThat(run(options, "check", "--read-data").exit()).isZero();
    Path target = folder.resolve("restored");
    assertThat(run(options, "restore", "latest", "--verify", "-t", target.toString()).exit())
        .isZero();
    Path back = target.resolve(source.toString().substring(1));
    for (Path file : files(source)) {
      assertThat(back.resolve(source.relativize(file))).hasSameBinaryContentAs(file);
    }
    assertThat(files(back)).hasSameSizeAs(files(source));
  }

  private Shell.Outcome run(String[] options, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(1, List.of(options));
    return shell.mailkeep(all.toArray(String[]::new));
  }

  private static List<Path> files(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void the_main_job_on_an_openssh_server() throws Exception {
    Assumptions.assumeTrue(OpenSshServer.isInstalled(), "openssh-server is not installed");
    OpenSshServer server = OpenSshServer.start(Files.createDirectory(folder.resolve("sshd")));
    try {
      mainJob(
          "--repo",
          server.location(folder.resolve("offsite/mail")),
          "--sftp-key",
          server.file("id").toString(),
          "--sftp-known-hosts",
          server.knownHosts().toString());
      Shell.Outcome stranger =
          shell.mailkeep("snapshots", "--repo", server.location(folder.resolve("offsite/mail")));
      assertThat(stranger.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(stranger.err()).contains("is not known", "ssh-keyscan");
    } finally {
      server.kill();
    }
  }

  @Test
  void the_main_job_in_an_s3_bucket() throws Exception {
    TestBucket bucket = TestBucket.start(Files.createDirectory(folder.resolve("bucket")));
    try {
      Path credentials = folder.resolve("credentials");
      Files.writeString(
          credentials,
          "[default]\naws_access_key_id = nobody\naws_secret_access_key = nothing\n[backup]\n"
              + "aws_access_key_id = "
              + TestBucket.ID
              + "\naws_secret_access_key = "
              + TestBucket.SECRET
              + "\n");
      String place = bucket.location();
      mainJob(
          "--repo", place, "--s3-credentials", credentials.toString(), "--s3-profile", "backup");
      Shell.Outcome stranger =
          shell.mailkeep("snapshots", "--repo", place, "--s3-credentials", credentials.toString());
      assertThat(stranger.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(stranger.err()).contains("403").doesNotContain("nothing", "Exception");
      Shell.Outcome nobody = shell.mailkeep("snapshots", "--repo", place);
      assertThat(nobody.err()).contains("There are no credentials for S3");
    } finally {
      bucket.stop();
    }
  }

  @Test
  void a_copy_to_another_ssh_server_takes_keys_of_its_own() throws Exception {
    Assumptions.assumeTrue(OpenSshServer.isInstalled(), "openssh-server is not installed");
    OpenSshServer near = OpenSshServer.start(Files.createDirectory(folder.resolve("near")));
    OpenSshServer far = OpenSshServer.start(Files.createDirectory(folder.resolve("far")));
    try {
      String[] here = {
        "--repo", near.location(folder.resolve("near/mail")),
        "--sftp-key", near.file("id").toString(),
        "--sftp-known-hosts", near.knownHosts().toString()
      };
      String place = far.location(folder.resolve("far/mail"));
      assertThat(run(here, "init").exit()).isZero();
      assertThat(run(here, "backup", source.toString()).exit()).isZero();
      String[] knowing = {"--to-sftp-known-hosts", far.knownHosts().toString()};

      Shell.Outcome stranger = run(here, "copy", "--init", "--to", place);
      assertThat(stranger.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(stranger.err()).contains("is not known");
      Shell.Outcome wrongKey = run(here, "copy", "--init", "--to", place, knowing[0], knowing[1]);
      assertThat(wrongKey.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(wrongKey.err()).doesNotContain("Exception");

      String key = far.file("id").toString();
      Shell.Outcome copy =
          run(here, "copy", "--init", "--to", place, "--to-sftp-key", key, knowing[0], knowing[1]);
      assertThat(copy.err()).isEmpty();
      assertThat(copy.exit()).isZero();
      String[] there = {
        "--repo", place, "--sftp-key", key, "--sftp-known-hosts", far.knownHosts().toString()
      };
      assertThat(run(there, "check", "--read-data").exit()).isZero();
      assertThat(run(there, "snapshots").out().lines()).hasSize(2);
    } finally {
      near.kill();
      far.kill();
    }
  }

  @Test
  void a_copy_to_a_bucket_takes_credentials_of_its_own() throws Exception {
    TestBucket bucket = TestBucket.start(Files.createDirectory(folder.resolve("bucket")));
    try {
      Path credentials =
          Files.writeString(
              folder.resolve("credentials"),
              "[offsite]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                  .formatted(TestBucket.ID, TestBucket.SECRET));
      String[] here = {"--repo", folder.resolve("repository").toString()};
      String place = bucket.location();
      assertThat(run(here, "init").exit()).isZero();
      assertThat(run(here, "backup", source.toString()).exit()).isZero();

      Shell.Outcome nobody = run(here, "copy", "--init", "--to", place);
      assertThat(nobody.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(nobody.err()).contains("There are no credentials for S3");
      Shell.Outcome copy =
          run(
              here,
              "copy",
              "--init",
              "--to",
              place,
              "--to-s3-credentials",
              credentials.toString(),
              "--to-s3-profile",
              "offsite");
      assertThat(copy.err()).isEmpty();
      assertThat(copy.exit()).isZero();
      String[] there = {
        "--repo", place, "--s3-credentials", credentials.toString(), "--s3-profile", "offsite"
      };
      assertThat(run(there, "check", "--read-data").exit()).isZero();
      Shell.Outcome lock =
          run(here, "copy", "--to", place, "--to-s3-object-lock-mode", "governance");
      assertThat(lock.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(lock.err()).contains("--to-s3-object-lock");
    } finally {
      bucket.stop();
    }
  }

  @Test
  void a_place_that_does_not_answer_is_told_soon_and_plainly() {
    for (String place : List.of("s3:http://127.0.0.1:1/bucket/x", "sftp://nobody@127.0.0.1:1/x")) {
      shell.with("AWS_ACCESS_KEY_ID", "id").with("AWS_SECRET_ACCESS_KEY", "hush");
      Shell.Outcome outcome = shell.mailkeep("snapshots", "--repo", place);
      assertThat(outcome.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(outcome.err().lines()).hasSize(2);
      assertThat(outcome.err())
          .contains("127.0.0.1:1", "efused")
          .doesNotContain("hush", "Exception");
    }
  }

  @Test
  void options_that_make_no_sense_are_told() {
    for (List<String> wrong :
        List.of(
            List.of("snapshots", "--repo", "sftp://a:hush@host/x"),
            List.of("snapshots", "--repo", "s3://bucket/x"),
            List.of("snapshots", "--repo", "s3:https://h/b", "--s3-object-lock", "0"),
            List.of("snapshots", "--repo", "s3:https://h/b", "--s3-object-lock-mode", "governance"),
            List.of("snapshots", "--repo", "s3:https://h/b", "--s3-object-lock", "forever"))) {
      Shell.Outcome outcome = shell.mailkeep(wrong.toArray(String[]::new));
      assertThat(outcome.exit()).as("%s", wrong).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).startsWith("mailkeep: ").doesNotContain("hush", "Exception");
    }
  }
}
