package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.failure;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;

class FailuresTest {

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
  void a_failure_names_the_call_the_path_and_the_number() {
    SystemCallException failure = failure(() -> directory.openFile(name("no\nsuch")));
    assertThat(failure.call()).isEqualTo("openat");
    assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
    assertThat(failure).hasMessage(temporary + "/no\\nsuch: No such file or directory (openat)");
  }

  @Test
  void each_call_fails_under_its_own_name() {
    assertThat(failure(() -> directory.stat(name("x"))).call()).isEqualTo("statx");
    assertThat(failure(() -> directory.unlink(name("x"))).call()).isEqualTo("unlinkat");
    assertThat(failure(() -> directory.mode(name("x"), 0)).call()).isIn("fchmodat2", "openat");
    assertThat(failure(() -> directory.attributes(name("x"))).call()).isEqualTo("llistxattr");
    assertThat(failure(() -> directory.openDirectory(name("x"))).errno()).isEqualTo(Errno.ENOENT);
    assertThat(failure(() -> Directory.open(RawPath.of("/nowhere/x"))))
        .hasMessage("/nowhere/x: No such file or directory (openat)");
    assertThat(failure(() -> Directory.open(RawPath.of("/" + "x/".repeat(3000)))).errno())
        .isEqualTo(Errno.ENAMETOOLONG);
  }

  @Test
  void a_call_with_two_names_reports_both() {
    assertThat(failure(() -> directory.rename(name("a"), directory, name("b"))))
        .hasMessageStartingWith(temporary + "/a -> " + temporary + "/b: No such file");
  }

  @Test
  void absence_is_no_failure_where_it_is_expected() {
    assertThat(directory.statIfPresent(name("x"))).isEmpty();
    assertThat(directory.openFileIfPresent(name("x"))).isEmpty();
    assertThat(directory.openDirectoryIfPresent(name("x"))).isEmpty();
    assertThat(directory.statIfPresent(file(directory, "file"))).isPresent();
  }

  @Test
  void a_taken_name_is_only_replaced_by_rename() {
    file(directory, "a");
    file(directory, "b");
    assertThat(failure(() -> directory.createFile(name("a"), 0600)).errno())
        .isEqualTo(Errno.EEXIST);
    SystemCallException failure =
        failure(() -> directory.renameNoReplace(name("a"), directory, name("b")));
    assertThat(failure.call()).isEqualTo("renameat2");
    assertThat(failure.errno()).isEqualTo(Errno.EEXIST);
    assertThat(failure(() -> directory.hardLink(directory, name("a"), name("b"))).errno())
        .isEqualTo(Errno.EEXIST);
    directory.rename(name("a"), directory, name("b"));
    assertThat(content(directory, name("b"))).isEqualTo("a");
  }

  @Test
  void where_the_kernel_cannot_tell_a_taken_name_is_not_replaced_either() {
    file(directory, "a");
    file(directory, "b");
    directory.makeDirectory(name("inner"), 0700);
    for (FileName from : List.of(name("a"), name("inner"))) {
      assertThat(failure(() -> directory.linkAndUnlink(from, directory, name("b"))).errno())
          .isEqualTo(Errno.EEXIST);
      assertThat(failure(() -> directory.renameIfFree(from, directory, name("b"))).errno())
          .isEqualTo(Errno.EEXIST);
    }
    assertThat(content(directory, name("b"))).isEqualTo("b");
    long inode = directory.stat(name("a")).inode();
    directory.linkAndUnlink(name("a"), directory, name("c"));
    assertThat(directory.stat(name("c")).inode()).isEqualTo(inode);
    assertThat(directory.stat(name("c")).links()).isEqualTo(1);
    directory.renameIfFree(name("c"), directory, name("d"));
    assertThat(directory.statIfPresent(name("c"))).isEmpty();
    directory.linkAndUnlink(name("inner"), directory, name("moved"));
    assertThat(directory.stat(name("moved")).type()).isEqualTo(FileType.DIRECTORY);
    assertThat(directory.statIfPresent(name("inner"))).isEmpty();
  }

  @Test
  void entries_move_between_directories() {
    file(directory, "a");
    directory.makeDirectory(name("inner"), 0700);
    try (Directory inner = directory.openDirectory(name("inner"))) {
      directory.renameNoReplace(name("a"), inner, name("b"));
      directory.hardLink(inner, name("b"), name("c"));
      assertThat(content(inner, name("b"))).isEqualTo("a");
      assertThat(directory.stat(name("c")).links()).isEqualTo(2);
      assertThat(failure(() -> directory.removeDirectory(name("inner"))).errno())
          .isEqualTo(Errno.ENOTEMPTY);
    }
  }

  @Test
  void a_refused_node_leaves_no_descriptor_open() {
    directory.makeDirectory(name("inner"), 0700);
    try (Directory descriptors = Directory.open(RawPath.of("/proc/self/fd"))) {
      int before = descriptors.list().size();
      for (int i = 0; i < 200; i++) {
        failure(() -> directory.openFile(name("inner")));
      }
      assertThat(descriptors.list()).hasSizeLessThan(before + 100);
    }
  }

  @Test
  void meanings_are_those_of_the_c_library() throws IllegalAccessException {
    Assumptions.assumeTrue(strerror(Errno.EPERM).equals("Operation not permitted"), "not English");
    SoftAssertions all = new SoftAssertions();
    for (Field field : Errno.class.getFields()) {
      int errno = field.getInt(null);
      all.assertThat(Errno.meaning(errno)).as(field.getName()).isEqualTo(strerror(errno));
    }
    all.assertThat(Errno.meaning(133).toLowerCase(Locale.ROOT)).isEqualTo("error 133");
    all.assertAll();
  }

  @SuppressWarnings("restricted")
  private static String strerror(int errno) {
    NativeFunction strerror = NativeFunction.of("strerror");
    long text = CallFrame.current().callLong(strerror, errno, 0, 0, 0, 0);
    return MemorySegment.ofAddress(text).reinterpret(200).getString(0);
  }

  @Test
  void a_missing_c_function_is_reported_as_such() {
    assertThatThrownBy(() -> NativeFunction.of("no_such_function"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no_such_function");
  }

  @Test
  void only_known_systems_are_accepted() {
    assertThatCode(Platform::require).doesNotThrowAnyException();
    assertThat(Platform.architecture("Linux", "amd64")).isEqualTo(Architecture.X86_64);
    assertThat(Platform.architecture("Linux", "aarch64")).isEqualTo(Architecture.AARCH64);
    assertThatThrownBy(() -> Platform.architecture("Linux", "riscv64"))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> Platform.architecture("Mac OS X", "aarch64"))
        .isInstanceOf(RefusedException.class);
  }
}
