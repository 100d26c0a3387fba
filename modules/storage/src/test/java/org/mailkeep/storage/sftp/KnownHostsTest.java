package org.mailkeep.storage.sftp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.HardTimes;

class KnownHostsTest {

  @TempDir private static Path folder;
  private static OpenSshServer server;
  private Path hosts;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(OpenSshServer.isInstalled(), "openssh-server is not installed");
    server = OpenSshServer.start(folder);
    Path _ = server.makeKey("other", "ed25519", "");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.kill();
    }
  }

  @BeforeEach
  void empty() throws IOException {
    hosts = Files.createTempFile(folder, "hosts", "");
  }

  private void open() {
    open(server.settings().keys());
  }

  private void open(List<Path> keys) {
    SftpSettings settings =
        new SftpSettings(
            List.of(hosts), keys, true, server.settings().passphrase(), server.settings().agent());
    SftpStorage.open(
            SftpFolder.parse(server.location(folder)),
            settings,
            HardTimes.patience(),
            Duration.ofSeconds(20))
        .close();
  }

  @Test
  void an_unknown_server_is_refused_with_its_fingerprint_and_how_to_add_it() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.isLasting()).isTrue();
              assertThat(e.advice()).contains("ssh-keyscan -p " + server.port() + " 127.0.0.1 >> ");
            })
        .hasMessageContaining("[127.0.0.1]:" + server.port() + " is not known")
        .hasMessageContaining("SHA256:");
    assertThat(hosts).isEmptyFile();
  }

  @Test
  void a_changed_key_is_refused_loudly() throws IOException {
    Files.writeString(hosts, server.hostLine("other"));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.advice()).contains("ssh-keygen -R"))
        .hasMessageContaining("HAS CHANGED");
  }

  @Test
  void a_known_key_of_any_type_is_enough() throws IOException {
    for (String key : List.of("host_ed25519", "host_rsa")) {
      Files.writeString(hosts, "# a comment\n\n" + server.hostLine(key));
      open();
    }
  }

  @Test
  void names_may_be_hashed() throws Exception {
    Files.writeString(hosts, server.hostLine("host_ed25519"));
    Process hash =
        new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", hosts.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(hash.waitFor()).isZero();
    assertThat(Files.readString(hosts)).startsWith("|1|").doesNotContain("127.0.0.1");
    open();
    Files.writeString(hosts, Files.readString(hosts).replaceAll("AAAA\\S+", keyOf("other")));
    assertThatThrownBy(this::open).hasMessageContaining("HAS CHANGED");
  }

  private static String keyOf(String name) throws IOException {
    return Files.readString(server.file(name + ".pub")).split(" ", -1)[1].strip();
  }

  @Test
  void a_revoked_key_is_refused_even_if_it_is_known() throws IOException {
    String line = server.hostLine("host_ed25519");
    Files.writeString(hosts, line + "@revoked " + line);
    assertThatThrownBy(this::open).hasMessageContaining("revoked");
  }

  @Test
  @Timeout(20)
  void a_file_without_an_end_is_refused() {
    hosts = Path.of("/dev/zero");
    assertThatThrownBy(this::open)
        .hasMessageContaining("/dev/zero cannot be read: it has more than 16 MiB");
  }

  @Test
  @Timeout(20)
  void a_private_key_without_an_end_is_refused() throws IOException {
    Files.writeString(hosts, server.hostLine("host_ed25519"));
    assertThatThrownBy(() -> open(List.of(Path.of("/dev/zero"))))
        .hasMessageContaining("/dev/zero cannot be used: it has more than 16 MiB");
  }

  @Test
  void the_key_of_another_host_or_port_proves_nothing() throws IOException {
    String line = server.hostLine("host_ed25519");
    Files.writeString(hosts, line.replace("127.0.0.1", "127.0.0.2"));
    assertThatThrownBy(this::open).hasMessageContaining("is not known");
    Files.writeString(hosts, line.replace("[127.0.0.1]:" + server.port(), "127.0.0.1"));
    assertThatThrownBy(this::open).hasMessageContaining("is not known");
  }

  @Test
  void what_ssh_passes_over_does_not_hide_the_others() throws IOException {
    byte[] line = server.hostLine("host_ed25519").getBytes(US_ASCII);
    try (OutputStream out = Files.newOutputStream(hosts)) {
      out.write(
          "x.example ssh-ed25519 ???? remark\n[x]:* ssh-rsa AAAA\nrubbish\n".getBytes(US_ASCII));
      out.write(new byte[] {'#', ' ', (byte) 0xfc, '\n'});
      out.write(line);
    }
    open();
  }
}
