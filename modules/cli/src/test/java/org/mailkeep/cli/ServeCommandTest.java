package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as an administrator starts it. */
final class ServeCommandTest {

  private static final String TOKEN = "a-token-of-more-than-twenty-characters";

  @TempDir private Path folder;
  private Shell shell;
  private Path token;

  @BeforeEach
  void a_repository() throws Exception {
    shell = new Shell(folder);
    Files.createDirectories(folder.resolve("mail"));
    Files.writeString(folder.resolve("mail/a"), "a");
    token = folder.resolve("token");
    Files.writeString(token, TOKEN + "\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void it_serves_beside_backups_until_it_is_told_to_stop() throws Exception {
    String mail = folder.resolve("mail").toString();
    assertThat(shell.mailkeep("backup", "--init", mail).exit()).isZero();
    Path said = folder.resolve("said");
    Process process =
        shell.startLine(
            "exec $MAILKEEP serve --json --listen 127.0.0.1:0 --token-file "
                + token
                + " > "
                + said);
    while (!Files.exists(said) || Files.size(said) == 0) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    String url = Files.readString(said).replaceAll(".*\"url\":\\s*\"([^\"]+)\".*\\s*", "$1");
    assertThat(Files.readString(said)).doesNotContain(TOKEN);
    assertThat(get(url).statusCode()).isEqualTo(401);
    assertThat(shell.mailkeep("backup", mail).exit()).isZero();
    assertThat(shell.mailkeep("serve", "--listen", "0", "--token-file", token.toString()).err())
        .contains("Another mailkeep on this host is serving");
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.finish(process).exit()).isEqualTo(143);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void the_whole_network_is_not_served_by_accident() {
    Shell.Outcome outcome = shell.mailkeep("serve", "--listen", "0.0.0.0:8765");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("everybody in the network", "ssh -L", "--behind-proxy");
  }

  @Test
  void addresses_that_are_none_are_wrong_usage() {
    for (String address :
        new String[] {"here", "127.0.0.1", "127.0.0.1:99999", "mail.example:80"}) {
      assertThat(shell.mailkeep("serve", "--listen", address).exit()).as(address).isEqualTo(2);
    }
    assertThat(shell.mailkeep("serve", "--behind-proxy", "backup.example").exit()).isEqualTo(2);
    assertThat(shell.mailkeep("serve", "--quiet").exit()).isEqualTo(2);
  }

  @Test
  void a_token_that_others_know_or_guess_is_refused() throws Exception {
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    Shell.Outcome outcome = shell.mailkeep("serve", "--token-file", token.toString());
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("Everybody can read the token", "openssl rand");
    Files.writeString(token, "short\n");
    assertThat(shell.mailkeep("serve", "--token-file", token.toString()).exit()).isEqualTo(2);
  }
}
