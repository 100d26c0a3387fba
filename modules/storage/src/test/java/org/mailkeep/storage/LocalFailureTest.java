package org.mailkeep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.StorageException;

class LocalFailureTest {

  @TempDir Path root;

  private StorageException failure(IOException e) {
    return LocalFailure.of(root, "store packs/4f/4f21", e);
  }

  @Test
  void the_message_names_task_object_place_and_reason() {
    assertThat(failure(new IOException("Input/output error")))
        .hasMessage("Cannot store packs/4f/4f21 in " + root + ": Input/output error");
    assertThat(failure(new AccessDeniedException("x")).getMessage()).endsWith("Permission denied");
    assertThat(failure(new ClosedByInterruptException())).message().endsWith("It was interrupted");
    assertThat(failure(new IOException())).message().endsWith("IOException");
  }

  @Test
  void the_advice_fits_the_reason() {
    assertThat(failure(new IOException("No space left on device")).advice())
        .startsWith("Make room");
    assertThat(failure(new IOException("Disk quota exceeded")).advice()).startsWith("Make room");
    assertThat(failure(new FileSystemException("x", null, "Read-only file system")).advice())
        .contains("for writing");
    assertThat(failure(new AccessDeniedException("x")).advice()).contains("who owns");
    assertThat(failure(new IOException("Input/output error")).advice()).contains("check the disk");
    assertThat(LocalFailure.of(root.resolve("gone"), "list", new IOException("x")).advice())
        .contains("mounted?");
  }
}
