package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellCommandTest {

  @Test
  void a_command_gets_no_password_of_any_repository() {
    Map<String, String> environment = new HashMap<>();
    environment.put("MAILKEEP_PASSWORD", "a");
    environment.put("MAILKEEP_NEW_PASSWORD", "b");
    environment.put("MAILKEEP_TO_PASSWORD", "c");
    environment.put("MAILKEEP_REPOSITORY", "/var/backups/mailkeep");
    environment.put("PATH", "/usr/bin");
    ShellCommand.withoutPasswords(environment);
    assertThat(environment).containsOnlyKeys("MAILKEEP_REPOSITORY", "PATH");
  }
}
