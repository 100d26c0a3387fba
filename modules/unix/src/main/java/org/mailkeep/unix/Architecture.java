package org.mailkeep.unix;

/**
 * What differs between processors: open(2) flags (asm/fcntl.h) and the numbers of the system calls
 * that older C libraries have no function for (asm/unistd.h).
 */
enum Architecture {
  X86_64(0x10000, 0x20000, 217, 259, 316, 251),
  AARCH64(0x4000, 0x8000, 61, 33, 276, 30);

  /** The system call that fchmodat2(2) describes; new enough to have one number everywhere. */
  static final int FCHMODAT2 = 452;

  /** The system call that asks what is cached; has one number everywhere too. */
  static final int CACHESTAT = 451;

  /** The running processor. */
  static final Architecture CURRENT = Platform.architecture();

  final int openDirectory;
  final int openNoFollow;
  final int getdents64;
  final int mknodat;
  final int renameat2;
  final int ioprioSet;

  Architecture(
      int openDirectory,
      int openNoFollow,
      int getdents64,
      int mknodat,
      int renameat2,
      int ioprioSet) {
    this.openDirectory = openDirectory;
    this.openNoFollow = openNoFollow;
    this.getdents64 = getdents64;
    this.mknodat = mknodat;
    this.renameat2 = renameat2;
    this.ioprioSet = ioprioSet;
  }
}
