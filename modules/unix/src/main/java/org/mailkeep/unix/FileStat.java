package org.mailkeep.unix;

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
    return frame.call(STATX, descriptor, name, flags, MASK, frame.structure().address()) < 0
        ? null
        : read(frame.structureWords());
  }

  /**
   * Places as in linux/stat.h, in words of eight bytes. They are copied at once: while a program is
   * young, each access to native memory takes longer than the copy.
   */
  private static FileStat read(long[] words) {
    int mode = high(words[3]) & 0xffff;
    FileType type = FileType.ofCode(mode >>> 12);
    if (type == null) {
      throw new IllegalStateException("statx(2) reports a mode of no known type: " + mode);
    }
    return new FileStat(
        type,
        mode & 07777,
        high(words[2]),
        low(words[3]),
        words[5],
        packDevice(low(words[17]), high(words[17])),
        words[4],
        low(words[2]),
        words[14],
        low(words[15]),
        words[12],
        low(words[13]),
        low(words[16]),
        high(words[16]),
        words[6],
        (words[1] & MOUNT_ROOT) != 0);
  }

  /** What stands first in a word: both architectures put the low bits first. */
  private static int low(long word) {
    return (int) word;
  }

  private static int high(long word) {
    return (int) (word >>> 32);
  }

  /** One number of two, as makedev(3) makes it. */
  static long packDevice(int major, int minor) {
    long high = Integer.toUnsignedLong(major);
    long low = Integer.toUnsignedLong(minor);
    return (low & 0xff) | (high & 0xfff) << 8 | (low & ~0xffL) << 12 | (high & ~0xfffL) << 32;
  }
}
