package org.mailkeep.engine.mailbox;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/** The mail store of this host. */
public final class HostStore implements MailStore {

  private final RawPath root;

  /** The whole host. */
  public HostStore() {
    this(RawPath.ROOT);
  }

  /**
   * A host's files somewhere else.
   *
   * @param root where its root directory is here; absolute links in it lead out of it
   */
  public HostStore(RawPath root) {
    this.root = root;
  }

  @Override
  public Optional<Folder> folder(RawPath path) {
    try (Directory directory = Directory.open(root.resolve(path))) {
      return Optional.of(new LiveFolder(path, directories(directory)));
    } catch (SystemCallException e) {
      return nothing(e);
    }
  }

  @Override
  public Optional<byte[]> file(RawPath path) {
    return folder(path.parent()).flatMap(folder -> folder.read(path.names().getLast()));
  }

  private static List<FileName> directories(Directory directory) {
    return directory.list().stream()
        .filter(entry -> isDirectory(directory, entry))
        .map(DirectoryEntry::name)
        .sorted()
        .toList();
  }

  private static boolean isDirectory(Directory directory, DirectoryEntry entry) {
    return entry.type() == FileType.DIRECTORY
        || (entry.type() == null
            && directory
                .statIfPresent(entry.name())
                .map(FileStat::type)
                .equals(Optional.of(FileType.DIRECTORY)));
  }

  /** What is not there, or is something else, is no folder; anything else is a failure. */
  private static <T> Optional<T> nothing(SystemCallException e) {
    if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
      return Optional.empty();
    }
    throw e;
  }

  /** A directory of this host, as it was when it was looked at. */
  private final class LiveFolder implements Folder {
    private final RawPath path;
    private final List<FileName> directories;

    LiveFolder(RawPath path, List<FileName> directories) {
      this.path = path;
      this.directories = directories;
    }

    @Override
    public RawPath path() {
      return path;
    }

    @Override
    public List<FileName> directories() {
      return directories;
    }

    @Override
    public boolean hasDirectory(FileName name) {
      return directories.contains(name);
    }

    @Override
    public Optional<Folder> child(FileName name) {
      return hasDirectory(name) ? folder(path.resolve(name)) : Optional.empty();
    }

    @Override
    public Optional<byte[]> read(FileName name) {
      try (Directory directory = Directory.open(root.resolve(path))) {
        Optional<Input> file = directory.openFileIfPresent(name);
        if (file.isEmpty()) {
          return Optional.empty();
        }
        try (Input input = file.get()) {
          return input.readAll(SnapshotStore.LARGEST);
        }
      } catch (SystemCallException e) {
        return nothing(e);
      }
    }
  }
}
