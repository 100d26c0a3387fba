package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small ext4 file system of its own, in a file; a test without the right to mount is skipped. */
final class LoopDisk implements AutoCloseable {

  private static final int KIB = 1024;

  private final Path image;
  private final Path folder;

  private LoopDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /** Makes one of this size and mounts it. */
  static LoopDisk mount(Path temp, String name, int mebibytes) throws Exception {
    assumeTrue(Fire.isRoot() && Fire.has("mkfs.ext4"), "needs root and mkfs.ext4");
    LoopDisk disk = new LoopDisk(temp.resolve(name + ".img"), temp.resolve(name));
    Files.createDirectory(disk.folder);
    sh("truncate -s " + mebibytes + "M " + disk.image);
    sh("mkfs.ext4 -q -F -m 0 -b 1024 " + disk.image);
    assumeTrue(run("mount -o loop " + disk.image + " " + disk.folder) == 0, "needs mount");
    return disk;
  }

  /** Where it is mounted. */
  Path folder() {
    return folder;
  }

  /** Writes a file that leaves so many bytes of room. */
  void fill(long room) throws IOException {
    Path ballast = folder.resolve("ballast");
    byte[] kibibyte = new byte[KIB];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(folder).getUsableSpace() > room) {
        out.write(kibibyte);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // It is as full as can be.
      assertThat(e).hasMessageContaining("space");
    }
  }

  /** Removes that file. */
  void free() throws IOException {
    Files.deleteIfExists(folder.resolve("ballast"));
  }

  void remount(String options) throws Exception {
    sh("mount -o remount," + options + " " + folder);
  }

  /** From now on every operation fails and nothing more reaches the disk: the cable is out. */
  void pullCable() throws Exception {
    // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH (fs/ext4/ext4.h).
    sh(
        "python3 -c 'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], 0), 0x8004587d,"
            + " struct.pack(\"I\", 2))' "
            + folder);
  }

  /** Mounts it again, with what its journal has. */
  void plugIn() throws Exception {
    sh("umount " + folder);
    sh("mount -o loop " + image + " " + folder);
  }

  static void sh(String line) throws Exception {
    assertThat(run(line)).as(line).isZero();
  }

  private static int run(String line) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      int _ = run("umount -l " + folder);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
