package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What statx(2) tells about a file, without its access time.
 *
 * @param type what it is
 * @param mode permissions, set-user-ID, set-group-ID and sticky bit: 07777
 * @param uid the owner, unsigned 32 bits
 * @param gid the group, unsigned 32 bits
 * @param size bytes of content; of a symbolic link, of its target's path
 * @param device the file system's number, packed as st_dev
 * @param inode the number in its file system, unsigned
 * @param links the number of hard links
 * @param mtimeSeconds last change of content, seconds since 1970, negative before
 * @param mtimeNanos 0 to 999,999,999 nanoseconds to add
 * @param ctimeSeconds last change of content or metadata, seconds since 1970
 * @param ctimeNanos 0 to 999,999,999 nanoseconds to add
 * @param deviceMajor the major number that a device node stands for, or 0
 * @param deviceMinor the minor number that a device node stands for, or 0
 * @param blocks512 the space allocated, in units of 512 bytes
 * @param mountRoot whether it is where something is mounted, be it the same file system once more;
 *     always false before Linux 5.8
 */
public record FileStat(
    FileType type,
    int mode,
    int uid,
    int gid,
    long size,
    long device,
    long inode,
    int links,
    long mtimeSeconds,
    int mtimeNanos,
    long ctimeSeconds,
    int ctimeNanos,
    int deviceMajor,
    int deviceMinor,
    long blocks512,
    boolean mountRoot) {

  static final NativeFunction STATX = NativeFunction.of("statx");

  /** AT_SYMLINK_NOFOLLOW of fcntl.h. */
  static final int NO_FOLLOW = 0x100;

  /** AT_NO_AUTOMOUNT of fcntl.h: looking at a mount point must not mount what is behind it. */
  private static final int NO_AUTOMOUNT = 0x800;

  /** STATX_ATTR_MOUNT_ROOT of linux/stat.h, in stx_attributes. */
  private static final long MOUNT_ROOT = 0x2000;

  /** AT_EMPTY_PATH of fcntl.h. */
  private static final int EMPTY_PATH = 0x1000;

  /** STATX_BASIC_STATS without STATX_ATIME, which a network file system may have to ask for. */
  private static final int MASK = 0x7ff & ~0x20;

  /** The status of a name in an open directory, or null when the call failed. */
  static @Nullable FileStat ofName(CallFrame frame, int directory, long name) {
    return call(frame, directory, name, NO_FOLLOW | NO_AUTOMOUNT);
  }

  /** The status of an open file, or null when the call failed. */
  static @Nullable FileStat ofDescriptor(CallFrame frame, int descriptor) {
    return call(frame, descriptor, frame.emptyText(), EMPTY_PATH);
  }

  private static @Nullable FileStat call(CallFrame frame, int descriptor, long name, int flags) {
    MemorySegment statx = frame.structure();
    return frame.call(STATX, descriptor, name, flags, MASK, statx.address()) < 0
        ? null
        : read(statx);
  }

  /** Offsets as in linux/stat.h. */
  private static FileStat read(MemorySegment statx) {
    int mode = statx.get(JAVA_SHORT, 28) & 0xffff;
    FileType type = FileType.ofCode(mode >>> 12);
    if (type == null) {
      throw new IllegalStateException("statx(2) reports a mode of no known type: " + mode);
    }
    return new FileStat(
        type,
        mode & 07777,
        statx.get(JAVA_INT, 20),
        statx.get(JAVA_INT, 24),
        statx.get(JAVA_LONG, 40),
        packDevice(statx.get(JAVA_INT, 136), statx.get(JAVA_INT, 140)),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_INT, 16),
        statx.get(JAVA_LONG, 112),
        statx.get(JAVA_INT, 120),
        statx.get(JAVA_LONG, 96),
        statx.get(JAVA_INT, 104),
        statx.get(JAVA_INT, 128),
        statx.get(JAVA_INT, 132),
        statx.get(JAVA_LONG, 48),
        (statx.get(JAVA_LONG, 8) & MOUNT_ROOT) != 0);
  }

  /** One number of two, as makedev(3) makes it. */
  static long packDevice(int major, int minor) {
    long high = Integer.toUnsignedLong(major);
    long low = Integer.toUnsignedLong(minor);
    return (low & 0xff) | (high & 0xfff) << 8 | (low & ~0xffL) << 12 | (high & ~0xfffL) << 32;
  }
}
