package org.mailkeep.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What strace(1) saw a command do, played on a {@link DiskModel}: every call of every thread that
 * changes a file or syncs one, RocksDB's as well as Java's.
 */
final class Recording {

  private static final String CALLS =
      "openat,open,creat,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,"
          + "sync,syncfs,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
          + "close,dup,dup2,dup3,fcntl,lseek,copy_file_range,sendfile";

  private static final Pattern CALL =
      Pattern.compile("^\\d+ +(\\w+)\\((.*)\\) += (-?\\d+|\\?)(?: .*)?$");
  private static final Pattern HEX = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"");

  /** Called after each call that changed the disk or made changes safe. */
  interface Step {
    void after(String call) throws IOException;
  }

  private record Place(Path path, DiskModel.@Nullable Inode inode) {}

  /** An open file; several descriptors may share one. */
  private static final class Open {
    private final Place place;
    private final boolean appends;
    private long position;

    Open(Place place, boolean appends) {
      this.place = place;
      this.appends = appends;
    }
  }

  private final Path world;
  private final DiskModel disk;
  private final Map<Integer, Open> open = new HashMap<>();
  private final Map<String, String> unfinished = new HashMap<>();

  private Recording(Path world, DiskModel disk) {
    this.world = world;
    this.disk = disk;
  }

  /** A line of shell that runs $MAILKEEP with these arguments and records it. */
  static String line(Path trace, String... arguments) {
    // RocksDB asks for no child process then, whose descriptors would have to be told apart.
    return "export ROCKSDB_MUSL_LIBC=false; exec strace --seccomp-bpf -f -qq -xx -s 1000000000"
        + (" -e signal=none -e trace=" + CALLS + " -o " + trace)
        + (" $MAILKEEP " + String.join(" ", arguments));
  }

  /**
   * Plays a trace.
   *
   * @param world the folder that the disk is of
   */
  static void play(Path trace, Path world, DiskModel disk, Step step) throws IOException {
    Recording recording = new Recording(world, disk);
    try (BufferedReader lines = Files.newBufferedReader(trace, ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        @Nullable String whole = recording.whole(line);
        if (whole != null) {
          recording.play(whole, step);
        }
      }
    }
  }

  /** A call that other threads interrupt stands in two lines. */
  private @Nullable String whole(String line) {
    String process = line.substring(0, line.indexOf(' '));
    if (line.endsWith(" <unfinished ...>")) {
      unfinished.put(process, line.substring(0, line.length() - " <unfinished ...>".length()));
      return null;
    }
    int resumed = line.indexOf(" resumed>");
    if (resumed > 0 && line.contains("<... ")) {
      String first = unfinished.remove(process);
      return first == null ? null : first + line.substring(resumed + " resumed>".length());
    }
    return line;
  }

  private void play(String line, Step step) throws IOException {
    Matcher matcher = CALL.matcher(line);
    if (!matcher.matches() || matcher.group(3).equals("?") || matcher.group(3).startsWith("-")) {
      return;
    }
    String call = matcher.group(1);
    if (isDone(call, matcher.group(2), Long.parseLong(matcher.group(3)))) {
      step.after(call);
    }
  }

  /** Whether it was about this disk and changed what it would hold. */
  private boolean isDone(String call, String text, long result) {
    List<String> arguments = call.contains("write") ? List.of() : List.of(text.split(", ", -1));
    return switch (call) {
      case "openat" -> open(at(arguments, 0), arguments.get(2), (int) result);
      case "open", "creat" ->
          open(
              path(arguments.get(0)),
              call.equals("creat") ? "O_CREAT|O_TRUNC" : arguments.get(1),
              (int) result);
      case "write", "writev", "pwrite64", "pwritev" -> write(call, text, result);
      case "close" -> {
        open.remove(number(arguments.get(0)));
        yield false;
      }
      case "dup" -> share(number(arguments.get(0)), (int) result);
      case "dup2", "dup3" -> share(number(arguments.get(0)), (int) result);
      case "fcntl" ->
          arguments.get(1).startsWith("F_DUPFD") && share(number(arguments.get(0)), (int) result);
      case "lseek" -> {
        Open file = open.get(number(arguments.get(0)));
        if (file != null) {
          file.position = result;
        }
        yield false;
      }
      case "ftruncate" -> resize(open.get(number(arguments.get(0))), arguments.get(1));
      case "fallocate" -> allocate(open.get(number(arguments.get(0))), arguments);
      case "fsync", "fdatasync" -> sync(open.get(number(arguments.get(0))));
      case "sync", "syncfs" -> {
        disk.syncAll();
        yield true;
      }
      case "rename" -> move(path(arguments.get(0)), path(arguments.get(1)));
      case "renameat", "renameat2" -> move(at(arguments, 0), at(arguments, 2));
      case "link" -> link(path(arguments.get(0)), path(arguments.get(1)));
      case "linkat" -> link(at(arguments, 0), at(arguments, 2));
      case "unlink", "rmdir" -> unlink(path(arguments.get(0)));
      case "unlinkat" -> unlink(at(arguments, 0));
      case "mkdir" -> makeFolder(path(arguments.get(0)));
      case "mkdirat" -> makeFolder(at(arguments, 0));
      case "copy_file_range", "sendfile" -> {
        Open into = open.get(number(arguments.get(call.equals("sendfile") ? 0 : 2)));
        if (into != null && into.place.inode() != null) {
          throw new IllegalStateException("not modelled: " + call);
        }
        yield false;
      }
      default -> false;
    };
  }

  private boolean open(Path path, String flags, int descriptor) {
    DiskModel.@Nullable Inode inode = find(path);
    boolean made = false;
    if (isHere(path) && flags.contains("O_CREAT") && inode == null) {
      inode = disk.make(folder(path), name(path), false);
      made = true;
    } else if (inode != null && flags.contains("O_TRUNC")) {
      disk.resize(inode, 0);
      made = true;
    }
    open.put(descriptor, new Open(new Place(path, inode), flags.contains("O_APPEND")));
    return made;
  }

  private boolean write(String call, String text, long result) {
    Open file = open.get(number(text.substring(0, text.indexOf(','))));
    if (file == null || file.place.inode() == null) {
      return false;
    }
    DiskModel.Inode inode = file.place.inode();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher strings = HEX.matcher(text);
    while (strings.find()) {
      bytes.writeBytes(bytes(strings.group(1)));
    }
    byte[] written = Arrays.copyOf(bytes.toByteArray(), (int) result);
    if (call.startsWith("p")) {
      disk.write(inode, Long.parseLong(text.substring(text.lastIndexOf(' ') + 1)), written);
    } else {
      long at = file.appends ? disk.length(inode) : file.position;
      disk.write(inode, at, written);
      file.position = at + result;
    }
    return true;
  }

  private boolean share(int from, int to) {
    Open shared = open.get(from);
    if (shared == null) {
      open.remove(to);
    } else {
      open.put(to, shared);
    }
    return false;
  }

  private boolean resize(@Nullable Open file, String length) {
    if (file == null || file.place.inode() == null) {
      return false;
    }
    disk.resize(file.place.inode(), Long.parseLong(length));
    return true;
  }

  private boolean allocate(@Nullable Open file, List<String> arguments) {
    if (file == null || file.place.inode() == null || arguments.get(1).contains("KEEP_SIZE")) {
      return false;
    }
    long end = Long.parseLong(arguments.get(2)) + Long.parseLong(arguments.get(3));
    disk.resize(file.place.inode(), Math.max(end, disk.length(file.place.inode())));
    return true;
  }

  private boolean sync(@Nullable Open file) {
    DiskModel.@Nullable Inode inode =
        file == null ? null : file.place.path().equals(world) ? disk.root() : file.place.inode();
    if (inode == null) {
      return false;
    }
    disk.sync(inode);
    return true;
  }

  private boolean move(Path from, Path to) {
    DiskModel.@Nullable Inode inode = find(from);
    if (inode == null || !isHere(to)) {
      return false;
    }
    disk.move(folder(from), name(from), folder(to), name(to), inode);
    return true;
  }

  private boolean link(Path from, Path to) {
    DiskModel.@Nullable Inode inode = find(from);
    if (inode == null || !isHere(to)) {
      return false;
    }
    disk.link(folder(to), name(to), inode);
    return true;
  }

  private boolean unlink(Path path) {
    if (find(path) == null) {
      return false;
    }
    disk.unlink(folder(path), name(path));
    return true;
  }

  private boolean makeFolder(Path path) {
    if (!isHere(path)) {
      return false;
    }
    DiskModel.Inode _ = disk.make(folder(path), name(path), true);
    return true;
  }

  private boolean isHere(Path path) {
    return path.startsWith(world) && !path.equals(world);
  }

  private DiskModel.@Nullable Inode find(Path path) {
    if (!isHere(path)) {
      return path.equals(world) ? disk.root() : null;
    }
    DiskModel.@Nullable Inode inode = disk.root();
    for (Path name : world.relativize(path)) {
      inode = inode == null ? null : inode.get(name.toString());
    }
    return inode;
  }

  private DiskModel.Inode folder(Path path) {
    DiskModel.@Nullable Inode folder = find(Objects.requireNonNull(path.getParent()));
    if (folder == null || !folder.isFolder()) {
      throw new IllegalStateException("there is no folder for " + path);
    }
    return folder;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** The path that an argument names relative to the folder in the argument before. */
  private Path at(List<String> arguments, int first) {
    Path path = path(arguments.get(first + 1));
    if (path.isAbsolute() || arguments.get(first).equals("AT_FDCWD")) {
      return path;
    }
    Open folder = open.get(number(arguments.get(first)));
    return folder == null ? path : folder.place.path().resolve(path).normalize();
  }

  private static Path path(String argument) {
    Matcher matcher = HEX.matcher(argument);
    return matcher.find()
        ? Path.of(new String(bytes(matcher.group(1)), UTF_8)).normalize()
        : Path.of("");
  }

  private static byte[] bytes(String escaped) {
    return HexFormat.of().parseHex(escaped.replace("\\x", ""));
  }

  private static int number(String argument) {
    return Integer.parseInt(argument);
  }

  /** The disk's files, written to a folder. */
  static void store(Map<String, byte @Nullable []> disk, Path folder) throws IOException {
    List<String> paths = new ArrayList<>(disk.keySet());
    for (String path : paths) {
      byte @Nullable [] bytes = disk.get(path);
      if (bytes == null) {
        Files.createDirectories(folder.resolve(path));
      } else {
        Files.write(folder.resolve(path), bytes);
      }
    }
  }
}
