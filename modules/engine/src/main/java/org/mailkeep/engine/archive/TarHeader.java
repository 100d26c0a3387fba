package org.mailkeep.engine.archive;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The fields of a tar header block, POSIX.1-1988 ("ustar") with what GNU tar makes of it. Numbers
 * are octal digits, or in base 256 where the first byte has its highest bit set (GNU).
 */
final class TarHeader {

  /** The length of a block in bytes. */
  static final int BLOCK = 512;

  static final int NAME = 100;
  static final int PREFIX = 155;

  private static final int NAME_AT = 0;
  private static final int MODE_AT = 100;
  private static final int UID_AT = 108;
  private static final int GID_AT = 116;
  private static final int SIZE_AT = 124;
  private static final int MTIME_AT = 136;
  private static final int CHECKSUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;
  private static final int USER_AT = 265;
  private static final int GROUP_AT = 297;
  private static final int MAJOR_AT = 329;
  private static final int MINOR_AT = 337;
  private static final int PREFIX_AT = 345;
  private static final byte[] POSIX = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
  private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};

  private final byte[] block;

  /** The header in this block. */
  TarHeader(byte[] block) {
    this.block = block;
  }

  /** An empty POSIX header. */
  static TarHeader empty() {
    TarHeader header = new TarHeader(new byte[BLOCK]);
    System.arraycopy(POSIX, 0, header.block, MAGIC_AT, POSIX.length);
    return header;
  }

  byte[] bytes() {
    return block;
  }

  boolean isZero() {
    return Arrays.equals(block, new byte[BLOCK]);
  }

  /**
   * Whether the sum of all bytes is what the header says; some old programs took them as signed.
   */
  boolean isSound() {
    OptionalLong stated = number(CHECKSUM_AT, 8);
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte b = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    return stated.isPresent() && (stated.getAsLong() == unsigned || stated.getAsLong() == signed);
  }

  boolean isGnu() {
    return Arrays.equals(block, MAGIC_AT, MAGIC_AT + GNU.length, GNU, 0, GNU.length);
  }

  private boolean isUstar() {
    return Arrays.equals(block, MAGIC_AT, MAGIC_AT + 6, POSIX, 0, 6);
  }

  /** The name, with the prefix that POSIX puts before it. */
  byte[] name() {
    byte[] name = text(NAME_AT, NAME);
    byte[] prefix = isUstar() ? text(PREFIX_AT, PREFIX) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  byte[] linkName() {
    return text(LINK_AT, NAME);
  }

  byte[] userName() {
    return isUstar() || isGnu() ? text(USER_AT, 32) : new byte[0];
  }

  byte[] groupName() {
    return isUstar() || isGnu() ? text(GROUP_AT, 32) : new byte[0];
  }

  char type() {
    return (char) (block[TYPE_AT] & 0xff);
  }

  OptionalLong mode() {
    return number(MODE_AT, 8);
  }

  OptionalLong uid() {
    return number(UID_AT, 8);
  }

  OptionalLong gid() {
    return number(GID_AT, 8);
  }

  OptionalLong size() {
    return number(SIZE_AT, 12);
  }

  OptionalLong mtime() {
    return number(MTIME_AT, 12);
  }

  OptionalLong major() {
    return number(MAJOR_AT, 8);
  }

  OptionalLong minor() {
    return number(MINOR_AT, 8);
  }

  private byte[] text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  /** A number in a field; an empty field is 0, and empty is the answer where it is none. */
  OptionalLong number(int at, int length) {
    return number(block, at, length);
  }

  /** As above, in any block. */
  static OptionalLong number(byte[] block, int at, int length) {
    int first = block[at] & 0xff;
    if (first >= 0x80) {
      return base256(block, at, length, first);
    }
    int i = at;
    int end = at + length;
    while (i < end && (block[i] == ' ' || block[i] == 0)) {
      i++;
    }
    long value = 0;
    for (; i < end && block[i] >= '0' && block[i] <= '7'; i++) {
      if (value >>> 60 != 0) {
        return OptionalLong.empty();
      }
      value = value * 8 + block[i] - '0';
    }
    boolean ends = i == end || block[i] == ' ' || block[i] == 0;
    return ends ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static OptionalLong base256(byte[] block, int at, int length, int first) {
    long value = (first & 0x40) != 0 ? -1L << 7 | (first & 0x7f) : first & 0x3f;
    for (int i = at + 1; i < at + length; i++) {
      if (value != value << 8 >> 8) {
        return OptionalLong.empty();
      }
      value = value << 8 | (block[i] & 0xff);
    }
    return OptionalLong.of(value);
  }

  /**
   * Writes a name that fits, whole or cut at a slash.
   *
   * @return whether it fits; else as much of it as fits is written
   */
  boolean setName(byte[] name) {
    if (name.length <= NAME) {
      put(NAME_AT, NAME, name);
      return true;
    }
    for (int slash = Math.min(PREFIX, name.length - 2); slash > 0; slash--) {
      if (name[slash] == '/' && name.length - slash - 1 <= NAME) {
        put(PREFIX_AT, PREFIX, Arrays.copyOf(name, slash));
        put(NAME_AT, NAME, Arrays.copyOfRange(name, slash + 1, name.length));
        return true;
      }
    }
    put(NAME_AT, NAME, name);
    return false;
  }

  /** Writes a link's target; false where only its begin fits. */
  boolean setLinkName(byte[] name) {
    put(LINK_AT, NAME, name);
    return name.length <= NAME;
  }

  void setType(char type) {
    block[TYPE_AT] = (byte) type;
  }

  /** Each of these gives whether the number fits; where it does not, 0 is written. */
  boolean setMode(long mode) {
    return setNumber(MODE_AT, 8, mode);
  }

  boolean setUid(long uid) {
    return setNumber(UID_AT, 8, uid);
  }

  boolean setGid(long gid) {
    return setNumber(GID_AT, 8, gid);
  }

  boolean setSize(long size) {
    return setNumber(SIZE_AT, 12, size);
  }

  boolean setMtime(long seconds) {
    return setNumber(MTIME_AT, 12, seconds);
  }

  boolean setDevice(long major, long minor) {
    boolean majorFits = setNumber(MAJOR_AT, 8, major);
    return setNumber(MINOR_AT, 8, minor) && majorFits;
  }

  private boolean setNumber(int at, int length, long number) {
    int digits = length - 1;
    boolean fits = number >= 0 && number >>> (3 * digits) == 0;
    long left = fits ? number : 0;
    for (int i = digits - 1; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
    block[at + digits] = 0;
    return fits;
  }

  private void put(int at, int length, byte[] text) {
    System.arraycopy(text, 0, block, at, Math.min(length, text.length));
  }

  /** The block, its sum filled in. */
  byte[] finish() {
    Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
    long sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    for (int i = 5; i >= 0; i--) {
      block[CHECKSUM_AT + i] = (byte) ('0' + (sum & 7));
      sum >>>= 3;
    }
    block[CHECKSUM_AT + 6] = 0;
    return block;
  }
}
