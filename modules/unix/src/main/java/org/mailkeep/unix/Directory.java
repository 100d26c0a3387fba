package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;

/**
 * An open directory. Names are looked up in it alone: a name with a slash, "." and ".." are
 * refused, and a symbolic link of that name is itself what a method works on.
 *
 * <p>May be used by several threads at once; closed when all are done with it.
 */
public final class Directory extends OpenNode {

  private static final NativeFunction READLINKAT = NativeFunction.of("readlinkat");
  private static final NativeFunction MKDIRAT = NativeFunction.of("mkdirat");
  private static final NativeFunction SYMLINKAT = NativeFunction.of("symlinkat");
  private static final NativeFunction LINKAT = NativeFunction.of("linkat");
  private static final NativeFunction MKNODAT =
      NativeFunction.systemCall("mknodat", Architecture.CURRENT.mknodat);
  private static final NativeFunction FCHOWNAT = NativeFunction.of("fchownat");
  private static final NativeFunction UTIMENSAT = NativeFunction.of("utimensat");
  private static final NativeFunction RENAMEAT = NativeFunction.of("renameat");
  private static final NativeFunction RENAMEAT2 =
      NativeFunction.systemCall("renameat2", Architecture.CURRENT.renameat2);
  private static final NativeFunction UNLINKAT = NativeFunction.of("unlinkat");
  private static final NativeFunction SYNCFS = NativeFunction.of("syncfs");

  private static final int AT_REMOVEDIR = 0x200;
  private static final int RENAME_NOREPLACE = 1;

  private Directory(int descriptor, RawPath path) {
    super(descriptor, path, null);
  }

  /** Opens a directory by a path of the user's, whose links are followed. open(2). */
  public static Directory open(RawPath path) {
    CallFrame frame = CallFrame.current();
    int descriptor =
        Opening.openForReading(
            frame, Opening.WORKING_DIRECTORY, frame.text(path.bytes()), Opening.DIRECTORY);
    if (descriptor < 0) {
      throw frame.failure(Opening.OPENAT, path);
    }
    return new Directory(descriptor, path);
  }

  /** Opens a directory in this one; ENOTDIR when it is a link or no directory. openat(2). */
  public Directory openDirectory(FileName name) {
    return openDirectoryIfPresent(name)
        .orElseThrow(() -> CallFrame.failure(Opening.OPENAT.name(), of(name), Errno.ENOENT));
  }

  /** As {@link #openDirectory}, empty when there is nothing of that name. */
  public Optional<Directory> openDirectoryIfPresent(FileName name) {
    CallFrame frame = CallFrame.current();
    int flags = Opening.DIRECTORY | Opening.NO_FOLLOW;
    int descriptor = Opening.openForReading(frame, descriptor(), frame.name(name), flags);
    if (descriptor >= 0) {
      return Optional.of(new Directory(descriptor, of(name)));
    }
    if (frame.errno() == Errno.ENOENT) {
      return Optional.empty();
    }
    throw frame.failure(Opening.OPENAT, of(name));
  }

  /** Opens the same directory once more, to be used and closed apart from this one. openat(2). */
  public Directory duplicate() {
    CallFrame frame = CallFrame.current();
    int descriptor =
        Opening.openForReading(
            frame, descriptor(), frame.text(new byte[] {'.'}), Opening.DIRECTORY);
    if (descriptor < 0) {
      throw frame.failure(Opening.OPENAT, path());
    }
    return new Directory(descriptor, path());
  }

  /** All entries but "." and "..", read from the start, in the kernel's order. getdents64(2). */
  public synchronized List<DirectoryEntry> list() {
    return DirectoryList.read(this);
  }

  /** As {@link #list}, without making an object of each entry. getdents64(2). */
  public synchronized void forEachName(NameVisitor visitor) {
    DirectoryList.forEachName(this, visitor);
  }

  /** As {@link #forEachName}, with the status of each. getdents64(2), statx(2). */
  public synchronized void forEachStatus(StatusVisitor visitor) {
    DirectoryList.forEachStatus(this, visitor);
  }

  /** The status of an entry. statx(2). */
  public FileStat stat(FileName name) {
    FileStat stat = statOrNull(name);
    if (stat == null) {
      throw CallFrame.failure(FileStat.STATX.name(), of(name), Errno.ENOENT);
    }
    return stat;
  }

  /** As {@link #stat(FileName)}, empty when there is nothing of that name. */
  public Optional<FileStat> statIfPresent(FileName name) {
    return Optional.ofNullable(statOrNull(name));
  }

  private @Nullable FileStat statOrNull(FileName name) {
    CallFrame frame = CallFrame.current();
    FileStat stat = FileStat.ofName(frame, descriptor(), frame.name(name));
    if (stat == null && frame.errno() != Errno.ENOENT) {
      throw frame.failure(FileStat.STATX, of(name));
    }
    return stat;
  }

  /**
   * Opens a regular file for reading, without waiting and, where allowed, without touching its
   * access time. What is no regular file is refused: a link with ELOOP, a directory with EISDIR,
   * anything else with ENXIO. openat(2).
   */
  public Input openFile(FileName name) {
    Input input = Input.openOrNull(this, name);
    if (input == null) {
      throw CallFrame.failure(Opening.OPENAT.name(), of(name), Errno.ENOENT);
    }
    return input;
  }

  /** As {@link #openFile}, empty when there is nothing of that name. */
  public Optional<Input> openFileIfPresent(FileName name) {
    return Optional.ofNullable(Input.openOrNull(this, name));
  }

  /** The target of a symbolic link, as it is stored. readlinkat(2). */
  public byte[] readLink(FileName name) {
    CallFrame frame = CallFrame.current();
    MemorySegment buffer = frame.buffer();
    int length =
        frame.call(
            READLINKAT, descriptor(), frame.name(name), buffer.address(), CallFrame.PATH_MAX, 0);
    if (length < 0) {
      throw frame.failure(READLINKAT, of(name));
    }
    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
  }

  /** Makes a directory of this mode less the umask. mkdirat(2). */
  public void makeDirectory(FileName name, int mode) {
    run(MKDIRAT, name, mode, 0, 0);
  }

  /** Makes a file of this mode less the umask; EEXIST when the name is taken. openat(2). */
  public Output createFile(FileName name, int mode) {
    return Output.create(this, name, mode);
  }

  /**
   * Opens a regular file so that whatever is written comes at its end, after what others write
   * meanwhile; empty when there is nothing of that name. What is no regular file is refused as by
   * {@link #openFile}. openat(2).
   */
  public Optional<Output> appendFileIfPresent(FileName name) {
    return Output.append(this, name);
  }

  /** Makes a symbolic link with this target. symlinkat(2). */
  public void symbolicLink(byte[] target, FileName name) {
    CallFrame frame = CallFrame.current();
    long text = frame.text(target);
    if (frame.call(SYMLINKAT, text, descriptor(), frame.secondName(name), 0, 0) < 0) {
      throw frame.failure(SYMLINKAT, of(name));
    }
  }

  /** Makes another name here for a file, link or node in {@code from}. linkat(2). */
  public void hardLink(Directory from, FileName fromName, FileName newName) {
    from.runPair(LINKAT, fromName, this, newName, 0);
  }

  /**
   * Makes a FIFO, socket or device node of this mode less the umask. mknodat(2).
   *
   * @param major the device's major number, below 4096; 0 for FIFO and socket
   * @param minor the device's minor number, below 1048576; 0 for FIFO and socket
   */
  public void makeNode(FileName name, FileType type, int mode, int major, int minor) {
    long device = FileStat.packDevice(major, minor);
    // The kernel takes 32 bits and would make some other device of a larger number.
    if (device >>> 32 != 0) {
      throw CallFrame.failure(MKNODAT.name(), of(name), Errno.EINVAL);
    }
    run(MKNODAT, name, type.modeBits() | mode, device, 0);
  }

  /** Sets owner and group, unsigned 32 bits each; -1 leaves one as it is. fchownat(2). */
  public void owner(FileName name, int uid, int gid) {
    long owner = Integer.toUnsignedLong(uid);
    run(FCHOWNAT, name, owner, Integer.toUnsignedLong(gid), FileStat.NO_FOLLOW);
  }

  /** Sets the mode, 07777; ENOTSUP for a symbolic link, which has none. fchmodat2(2). */
  public void mode(FileName name, int mode) {
    ModeChange.change(this, name, mode);
  }

  /** Sets access and modification time in seconds since 1970 and nanoseconds. utimensat(2). */
  public void times(
      FileName name, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) {
    CallFrame frame = CallFrame.current();
    long times = Times.put(frame, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos);
    run(UTIMENSAT, name, times, FileStat.NO_FOLLOW, 0);
  }

  /** Sets the modification time alone, in seconds since 1970 and nanoseconds. utimensat(2). */
  public void modified(FileName name, long seconds, int nanos) {
    times(name, 0, Times.OMIT, seconds, nanos);
  }

  /** Moves an entry, replacing what has the new name. renameat(2). */
  public void rename(FileName name, Directory to, FileName newName) {
    runPair(RENAMEAT, name, to, newName, 0);
  }

  /**
   * Moves an entry; EEXIST when the new name is taken. renameat2(2). On file systems that cannot
   * tell (NFS) what is no directory gets the new name as a second one and loses the old.
   */
  public void renameNoReplace(FileName name, Directory to, FileName newName) {
    try {
      runPair(RENAMEAT2, name, to, newName, RENAME_NOREPLACE);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
        throw e;
      }
      linkAndUnlink(name, to, newName);
    }
  }

  /** As {@link #renameNoReplace}, by calls that every file system with hard links has. */
  void linkAndUnlink(FileName name, Directory to, FileName newName) {
    try {
      to.hardLink(this, name, newName);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EPERM && e.errno() != Errno.ENOTSUP) {
        throw e;
      }
      renameIfFree(name, to, newName);
      return;
    }
    unlink(name);
  }

  /** As {@link #renameNoReplace}, but for a moment in which somebody else may take the name. */
  void renameIfFree(FileName name, Directory to, FileName newName) {
    if (to.statIfPresent(newName).isPresent()) {
      throw CallFrame.failure(RENAMEAT.name(), to.of(newName), Errno.EEXIST);
    }
    rename(name, to, newName);
  }

  /** Removes a name that is no directory. unlinkat(2). */
  public void unlink(FileName name) {
    run(UNLINKAT, name, 0, 0, 0);
  }

  /** Removes an empty directory. unlinkat(2). */
  public void removeDirectory(FileName name) {
    run(UNLINKAT, name, AT_REMOVEDIR, 0, 0);
  }

  /**
   * The names of an entry's extended attributes; none where the file system has none. The way
   * through /proc is slow: what is open anyway answers ten times faster. llistxattr(2).
   */
  public List<byte[]> attributes(FileName name) {
    return Attributes.list(this, name);
  }

  /** The value of an entry's extended attribute. lgetxattr(2); ENODATA when it is not there. */
  public byte[] attribute(FileName name, byte[] attribute) {
    return Attributes.get(this, name, attribute);
  }

  /** Creates or replaces an extended attribute of an entry. lsetxattr(2). */
  public void setAttribute(FileName name, byte[] attribute, byte[] value) {
    Attributes.set(this, name, attribute, value);
  }

  /** Removes an entry's extended attribute. lremovexattr(2); ENODATA when it is not there. */
  public void removeAttribute(FileName name, byte[] attribute) {
    Attributes.remove(this, name, attribute);
  }

  /** Returns when all that was written to this file system is on disk. syncfs(2). */
  public void syncFileSystem() {
    run(SYNCFS, 0, 0);
  }

  private RawPath of(FileName name) {
    return path().resolve(name);
  }

  private void run(NativeFunction call, FileName name, long a, long b, long c) {
    CallFrame frame = CallFrame.current();
    if (frame.call(call, descriptor(), frame.name(name), a, b, c) < 0) {
      throw frame.failure(call, of(name));
    }
  }

  private void runPair(
      NativeFunction call, FileName name, Directory to, FileName newName, int flags) {
    CallFrame frame = CallFrame.current();
    long from = frame.name(name);
    long target = frame.secondName(newName);
    if (frame.call(call, descriptor(), from, to.descriptor(), target, flags) < 0) {
      int errno = frame.errno();
      // Which of the two is at fault the kernel does not say.
      String both = of(name) + " -> " + to.of(newName);
      throw new SystemCallException(call.name(), both, errno, Errno.meaning(errno));
    }
  }
}
