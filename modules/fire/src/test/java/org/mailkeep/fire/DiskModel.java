package org.mailkeep.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system that promises no more than POSIX does: bytes are safe once their file was synced,
 * names once their folder was, and until then any of them may be lost, in any order, and a write
 * may reach the disk in part. Only a rename is one step.
 *
 * <p>Kernel file systems keep more than this (ext4 keeps the order of names, for one), so what
 * survives here survives there.
 */
final class DiskModel {

  private static final int SECTOR = 512;

  /** A file or folder. */
  static final class Inode {
    private final boolean isFolder;
    private byte[] bytes = {};
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Inode> durable = new TreeMap<>();
    private final Map<String, Inode> names = new TreeMap<>();

    private Inode(boolean isFolder) {
      this.isFolder = isFolder;
    }

    /** What a folder has under a name as long as the power is on. */
    @Nullable Inode get(String name) {
      return names.get(name);
    }

    boolean isFolder() {
      return isFolder;
    }
  }

  /** Bytes that were written, or, where there are none, a new length. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Change(long at, byte @Nullable [] bytes) {}

  /** A name that a folder gets, or that goes. */
  private record Edit(Inode folder, String name, @Nullable Inode inode) {}

  /** What becomes of changes that were not synced when the power goes. */
  enum Loss {
    /** All are kept: a kill. */
    NOTHING,
    /** Names are kept, bytes are lost. */
    BYTES,
    /** Bytes are kept, names are lost. */
    NAMES,
    /** All are lost. */
    EVERYTHING,
    /** Each is kept, lost or torn by chance. */
    ANYTHING
  }

  private final Inode root = new Inode(true);
  private final List<List<Edit>> edits = new ArrayList<>();

  /** A disk that safely holds what this folder has. */
  static DiskModel of(Path folder) throws IOException {
    DiskModel model = new DiskModel();
    load(folder, model.root);
    return model;
  }

  private static void load(Path folder, Inode inode) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
        Inode made = new Inode(isFolder);
        inode.names.put(child.getFileName().toString(), made);
        inode.durable.put(child.getFileName().toString(), made);
        if (isFolder) {
          load(child, made);
        } else {
          made.bytes = Files.readAllBytes(child);
        }
      }
    }
  }

  Inode root() {
    return root;
  }

  /** Makes a file or folder. */
  Inode make(Inode folder, String name, boolean isFolder) {
    Inode made = new Inode(isFolder);
    rename(List.of(new Edit(folder, name, made)));
    return made;
  }

  void write(Inode file, long at, byte[] bytes) {
    file.changes.add(new Change(at, bytes));
  }

  void resize(Inode file, long length) {
    file.changes.add(new Change(length, null));
  }

  /** The length that programs see. */
  long length(Inode file) {
    return apply(file.bytes, file.changes).length;
  }

  void link(Inode folder, String name, Inode inode) {
    rename(List.of(new Edit(folder, name, inode)));
  }

  void unlink(Inode folder, String name) {
    rename(List.of(new Edit(folder, name, null)));
  }

  void move(Inode from, String name, Inode to, String newName, Inode inode) {
    rename(List.of(new Edit(from, name, null), new Edit(to, newName, inode)));
  }

  private void rename(List<Edit> step) {
    edits.add(step);
    step.forEach(edit -> apply(edit, edit.folder().names));
  }

  private static void apply(Edit edit, Map<String, Inode> names) {
    if (edit.inode() == null) {
      names.remove(edit.name());
    } else {
      names.put(edit.name(), edit.inode());
    }
  }

  /** What fsync promises. */
  void sync(Inode inode) {
    inode.bytes = apply(inode.bytes, inode.changes);
    inode.changes.clear();
    if (inode.isFolder) {
      edits.removeIf(
          step -> {
            boolean isHere = step.stream().anyMatch(edit -> edit.folder() == inode);
            if (isHere) {
              step.forEach(edit -> apply(edit, edit.folder().durable));
            }
            return isHere;
          });
    }
  }

  /** What sync and syncfs promise. */
  void syncAll() {
    Set<Inode> all = new HashSet<>();
    collect(root, all);
    edits.forEach(step -> step.forEach(edit -> sync(edit.folder(), edit.inode())));
    all.forEach(this::sync);
    edits.forEach(step -> step.forEach(edit -> apply(edit, edit.folder().durable)));
    edits.clear();
  }

  private void sync(Inode folder, @Nullable Inode inode) {
    folder.changes.clear();
    if (inode != null && !inode.isFolder) {
      sync(inode);
    }
  }

  private static void collect(Inode inode, Set<Inode> all) {
    if (all.add(inode)) {
      inode.names.values().forEach(child -> collect(child, all));
    }
  }

  private static byte[] apply(byte[] bytes, Collection<Change> changes) {
    byte[] result = bytes;
    for (Change change : changes) {
      if (change.bytes() == null) {
        result = Arrays.copyOf(result, Math.toIntExact(change.at()));
      } else {
        int at = Math.toIntExact(change.at());
        int end = at + change.bytes().length;
        result = Arrays.copyOf(result, Math.max(end, result.length));
        System.arraycopy(change.bytes(), 0, result, at, change.bytes().length);
      }
    }
    return result;
  }

  /** The files that a disk may hold whose power is cut now, by their paths; folders are null. */
  Map<String, byte @Nullable []> cutPower(Loss loss, SplittableRandom random) {
    Map<Inode, Map<String, Inode>> names = new HashMap<>();
    int kept = random.nextInt(1, 10);
    for (List<Edit> step : edits) {
      boolean stays =
          switch (loss) {
            case NOTHING, BYTES -> true;
            case NAMES, EVERYTHING -> false;
            case ANYTHING -> random.nextInt(10) < kept;
          };
      for (Edit edit : stays ? step : List.<Edit>of()) {
        apply(edit, names.computeIfAbsent(edit.folder(), f -> new TreeMap<>(f.durable)));
      }
    }
    Map<String, byte @Nullable []> disk = new TreeMap<>();
    fill(disk, "", root, names, loss, random, kept);
    return disk;
  }

  private static void fill(
      Map<String, byte @Nullable []> disk,
      String path,
      Inode folder,
      Map<Inode, Map<String, Inode>> names,
      Loss loss,
      SplittableRandom random,
      int kept) {
    names
        .getOrDefault(folder, folder.durable)
        .forEach(
            (name, inode) -> {
              String below = path + name;
              if (inode.isFolder) {
                disk.put(below, null);
                fill(disk, below + "/", inode, names, loss, random, kept);
              } else {
                disk.put(below, bytes(inode, loss, random, kept));
              }
            });
  }

  private static byte[] bytes(Inode file, Loss loss, SplittableRandom random, int kept) {
    return switch (loss) {
      case NOTHING, NAMES -> apply(file.bytes, file.changes);
      case BYTES, EVERYTHING -> file.bytes;
      case ANYTHING -> {
        List<Change> some = new ArrayList<>();
        for (Change change : file.changes) {
          int drawn = random.nextInt(10);
          if (drawn < kept) {
            some.add(change);
          } else if (drawn == kept && change.bytes() != null) {
            some.add(torn(change, random));
          }
        }
        yield apply(file.bytes, some);
      }
    };
  }

  /** A write of which some sectors are on the disk. */
  private static Change torn(Change change, SplittableRandom random) {
    byte[] bytes = Objects.requireNonNull(change.bytes());
    int sectors = bytes.length / SECTOR + 1;
    int length = Math.min(bytes.length, random.nextInt(sectors) * SECTOR);
    return new Change(change.at(), Arrays.copyOf(bytes, length));
  }
}
