package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;

/** What is restored is read back and compared. */
class VerifyRestoreTest extends RestoreFixture {

  /** After this, verifying what is there is all that a restore does. */
  private RestoreRun restored() {
    Restore.Report report = restore().verify().to(target);
    assertThat(report.differences()).isZero();
    assertThat(report.verified()).isEqualTo(report.files());
    return restore().skip().verify();
  }

  @Test
  void what_came_back_whole_is_found_equal() throws IOException {
    byte[] noise = new byte[20 << 20];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(source.resolve("large"), noise);
    Files.write(source.resolve("holes"), new byte[1 << 20]);
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    for (int i = 0; i < 600; i++) {
      write("many/" + i + "/x");
    }
    RestoreRun again = restored();
    assertThat(again.to(target).differences()).isZero();
    assertThat(again.differences()).isEmpty();
  }

  @Test
  void every_kind_of_difference_is_found_and_named() throws IOException {
    write("cut", "grown", "mode", "kind", "gone", "time");
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    RestoreRun again = restored();
    FileTime time = Files.getLastModifiedTime(back("b/c"));
    Files.writeString(back("b/c"), "b/X");
    Files.setLastModifiedTime(back("b/c"), time);
    Files.writeString(back("cut"), "cu");
    Files.writeString(back("grown"), "grown and grown");
    Files.setAttribute(back("mode"), "unix:mode", 0777);
    Files.setLastModifiedTime(back("time"), FileTime.fromMillis(0));
    Files.setAttribute(back("z"), "user:comment", "mine".getBytes(UTF_8));
    Files.delete(back("kind"));
    Files.createDirectory(back("kind.d"));
    Files.createSymbolicLink(back("kind"), Path.of("a"));
    Files.delete(back("gone"));
    Files.delete(back("b/link"));
    Files.createSymbolicLink(back("b/link"), Path.of("elsewhere"));
    Files.setAttribute(back("b/d"), "unix:mode", 0700);
    Files.delete(back("hard"));
    Files.copy(back("a"), back("hard"), StandardCopyOption.COPY_ATTRIBUTES);
    // A restore would bring back what is gone: look only.
    Restore.Report report = again.part(source).exclude("gone").to(target);
    assertThat(report.differences()).isEqualTo(again.differences().size());
    assertThat(again.differences())
        .anyMatch(text -> text.equals(source + "/b/c: other content from byte 2 on"))
        .anyMatch(text -> text.startsWith(source + "/cut: other content from byte 2 on, modified"))
        .anyMatch(text -> text.startsWith(source + "/grown: other content from byte 5 on"))
        .anyMatch(text -> text.equals(source + "/mode: mode 0777, not 0644"))
        .anyMatch(text -> text.startsWith(source + "/time: modified at 1970-01-01T00:00:00Z, not"))
        .anyMatch(text -> text.equals(source + "/z: an attribute user.comment too many"))
        .anyMatch(text -> text.equals(source + "/kind: is a symbolic link, not a regular file"))
        .anyMatch(text -> text.startsWith(source + "/b/link: leads to elsewhere, not to c"))
        .anyMatch(text -> text.startsWith(source + "/hard: is a file of its own"))
        .hasSize(9);
  }

  @Test
  void what_could_not_be_restored_is_found_missing() throws IOException {
    Path broken = Files.createDirectory(source.resolve("broken"));
    byte[] noise = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(broken.resolve("n"), noise);
    Object _ = repository.backup(broken).run();
    var damaged = repository.objects("packs").getFirst();
    RestoreRun restore = restore();
    repository.flipBit(damaged, 500_000);
    Restore.Report report = restore.verify().to(target);
    assertThat(report.problems()).isEqualTo(1);
    assertThat(restore.differences()).containsExactly(broken + "/n: is missing");
  }
}
