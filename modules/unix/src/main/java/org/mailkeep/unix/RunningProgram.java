package org.mailkeep.unix;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;

/**
 * A process of another program, as procfs shows it, proc(5).
 *
 * @param pid its number
 */
public record RunningProgram(int pid) {

  private static final NativeFunction KILL = NativeFunction.of("kill");
  private static final RawPath PROC = RawPath.of("/proc");
  private static final FileName COMM = FileName.of("comm");
  private static final FileName CWD = FileName.of("cwd");
  private static final int SIGHUP = 1;
  private static final int LONGEST_NAME = 15;

  /**
   * The processes of a program that work in a directory, so that of two instances the right one is
   * found. Of other users' processes only root learns where they work.
   *
   * @param name the program's name without its folders, at most 15 characters
   */
  public static List<RunningProgram> find(String name, Directory workingDirectory) {
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("the kernel cuts names of more than 15 characters");
    }
    FileStat wanted = workingDirectory.stat();
    List<RunningProgram> found = new ArrayList<>();
    try (Directory proc = Directory.open(PROC)) {
      for (DirectoryEntry entry : proc.list()) {
        if (isNumber(entry.name()) && isMeant(proc, entry.name(), name, wanted)) {
          found.add(new RunningProgram(Integer.parseInt(entry.name().text())));
        }
      }
    }
    return found;
  }

  private static boolean isNumber(FileName name) {
    return name.text().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A process may end while it is looked at. */
  private static boolean isMeant(Directory proc, FileName pid, String name, FileStat wanted) {
    try (Directory process = proc.openDirectory(pid)) {
      if (!name.equals(readName(process))) {
        return false;
      }
      try (Directory cwd = Directory.open(process.path().resolve(CWD))) {
        FileStat is = cwd.stat();
        return is.device() == wanted.device() && is.inode() == wanted.inode();
      }
    } catch (SystemCallException e) {
      return false;
    }
  }

  private static String readName(Directory process) {
    try (Input comm = process.openFile(COMM)) {
      byte[] text = new byte[LONGEST_NAME + 1];
      int length = Math.max(0, comm.read(text, 0, text.length));
      return FileName.of(text, 0, length).text().strip();
    }
  }

  /** Sends SIGHUP, which makes many servers read their files again. kill(2). */
  public void hangUp() {
    CallFrame frame = CallFrame.current();
    if (frame.call(KILL, pid, SIGHUP, 0, 0, 0) < 0) {
      throw frame.failure(KILL, PROC.resolve(FileName.of(Integer.toString(pid))));
    }
  }
}
