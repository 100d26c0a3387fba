package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailkeep.unix.Sandbox.failure;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.link;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;

class FlockTest {

  private static final Path FLOCK = Path.of("/usr/bin/flock");

  @TempDir Path temporary;
  private Directory directory;

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void one_lock_excludes_another_until_it_is_closed() {
    FileName name = file(directory, "lock");
    Flock first = Flock.tryExclusive(directory, name).orElseThrow();
    assertThat(Flock.tryExclusive(directory, name)).isEmpty();
    first.close();
    first.close();
    try (Flock second = Flock.tryExclusive(directory, name).orElseThrow()) {
      assertThat(second).isNotNull();
    }
  }

  @Test
  void another_program_sees_the_lock() throws Exception {
    assumeTrue(Files.isExecutable(FLOCK));
    try (Flock lock = Flock.tryExclusiveOrCreate(directory, name("lock"), 0600).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(flockExit()).isEqualTo(1);
    }
    assertThat(flockExit()).isZero();
  }

  private int flockExit() throws Exception {
    String lock = temporary.resolve("lock").toString();
    return new ProcessBuilder(FLOCK.toString(), "-n", lock, "true").start().waitFor();
  }

  @Test
  void the_lock_of_another_program_is_seen() throws Exception {
    assumeTrue(Files.isExecutable(FLOCK));
    FileName name = file(directory, "lock");
    String lock = temporary.resolve("lock").toString();
    Process holder =
        new ProcessBuilder(FLOCK.toString(), lock, "sh", "-c", "echo held; read line").start();
    assertThat(holder.getInputStream().read()).isEqualTo('h');
    Optional<Flock> attempt = Flock.tryExclusive(directory, name);
    holder.getOutputStream().close();
    holder.waitFor();
    assertThat(attempt).isEmpty();
  }

  @Test
  void a_missing_file_is_made_only_on_request_and_links_are_not_followed() {
    assertThat(failure(() -> Flock.tryExclusive(directory, name("lock"))).errno())
        .isEqualTo(Errno.ENOENT);
    FileName link = link(directory, "link", "lock");
    assertThat(failure(() -> Flock.tryExclusiveOrCreate(directory, link, 0600)).errno())
        .isEqualTo(Errno.ELOOP);
    assertThat(directory.statIfPresent(name("lock"))).isEmpty();
  }
}
