package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.unix.Accounts;

/** What can be said of queues on a machine that has qmail's users or not. */
class QueueCommandTest {

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void a_shell() throws IOException {
    shell = new Shell(folder);
  }

  @Test
  void without_the_users_of_qmail_nothing_is_made_and_the_way_to_them_is_told() {
    assumeTrue(new Accounts().user("qmailq").isEmpty(), "this machine has qmail's users");
    Path queue = folder.resolve("queue");
    Shell.Outcome init = shell.mailkeep("queue", "init", queue.toString());
    assertThat(init.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(init.err()).contains("no user qmailq", "accounts script");
    assertThat(queue).doesNotExist();
    assertThat(shell.mailkeep("queue", "check", queue.toString()).exit())
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void with_the_users_of_qmail_an_empty_queue_is_made_and_checked() throws IOException {
    assumeTrue(new Accounts().user("qmails").isPresent(), "this machine has no users of qmail");
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    String queue = folder.resolve("queue").toString();
    Shell.Outcome init = shell.mailkeep("queue", "init", queue, "--split", "5");
    assertThat(init.exit()).as(init.err()).isZero();
    assertThat(shell.mailkeep("queue", "check", queue).out()).contains("nothing is wrong");
    Files.delete(Path.of(queue, "mess", "3"));
    Shell.Outcome check = shell.mailkeep("queue", "check", "--json", queue);
    assertThat(check.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(check.out()).contains("\"finding\":\"missing\"", "\"split\":5");
    Shell.Outcome plan = shell.mailkeep("queue", "fix", "--dry-run", queue);
    assertThat(plan.out()).contains("mess/3: made", "1 change would be made");
    Shell.Outcome json = shell.mailkeep("queue", "fix", "--json", "--dry-run", queue);
    assertThat(json.out()).contains("\"changed\":\"made", "{\"changes\":1,\"dryRun\":true}");
    Shell.Outcome fix = shell.mailkeep("queue", "fix", queue);
    assertThat(fix.exit()).as(fix.err()).isZero();
    assertThat(fix.out()).contains("1 change made, 0 messages; nothing is wrong");
  }

  @Test
  void wrong_usage_is_told() {
    assertThat(shell.mailkeep("queue").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("queue", "init").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("queue", "init", "/").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.mailkeep("queue", "init", "q", "--split", "0").err()).contains("--split 23");
  }
}
