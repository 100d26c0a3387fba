package org.mailkeep.engine.archive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.backup.FileHoles;
import org.mailkeep.engine.backup.FileMetadata;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/**
 * A folder, read as if it were an archive of all that is in it. Only regular files are opened, and
 * no link is followed. What cannot be read is told and left out.
 */
public final class FolderReader implements ArchiveReader {

  private record Level(Directory directory, RawPath path, Iterator<FileName> names) {}

  private final ArchiveObserver observer;
  private final Deque<Level> levels = new ArrayDeque<>();
  private Optional<Directory> first;
  private Optional<Input> input = Optional.empty();

  /**
   * @param folder whose entries become those of the root
   * @throws SystemCallException where it cannot be opened
   */
  public FolderReader(RawPath folder, ArchiveObserver observer) {
    this.observer = observer;
    this.first = Optional.of(Directory.open(folder));
  }

  @Override
  public Optional<ArchiveEntry> next() {
    closeInput();
    if (first.isPresent()) {
      Directory root = first.get();
      first = Optional.empty();
      return Optional.of(enter(root, RawPath.ROOT));
    }
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (!level.names().hasNext()) {
        levels.pop().directory().close();
        continue;
      }
      FileName name = level.names().next();
      RawPath path = level.path().resolve(name);
      try {
        return Optional.of(entry(level.directory(), name, path));
      } catch (SystemCallException e) {
        observer.skipped(path, e.problem());
      }
    }
    return Optional.empty();
  }

  private ArchiveEntry enter(Directory directory, RawPath path) {
    FileStat stat = directory.stat();
    List<FileName> names =
        directory.list().stream()
            .map(DirectoryEntry::name)
            .sorted(Comparator.naturalOrder())
            .toList();
    levels.push(new Level(directory, path, names.iterator()));
    return member(path, stat, FileMetadata.of(stat, directory), new ArchiveEntry.Directory());
  }

  private ArchiveEntry entry(Directory directory, FileName name, RawPath path) {
    FileStat stat = directory.stat(name);
    return switch (stat.type()) {
      case DIRECTORY -> enter(directory.openDirectory(name), path);
      case REGULAR -> {
        Input open = directory.openFile(name);
        input = Optional.of(open);
        FileStat opened = open.statAtOpen();
        boolean sparse = opened.blocks512() * 512 < opened.size();
        Holes holes = sparse ? new FileHoles(open, opened.size()) : Holes.NONE;
        ArchiveEntry.Kind kind = new ArchiveEntry.RegularFile(opened.size(), holes);
        yield member(path, opened, FileMetadata.of(opened, open), kind);
      }
      default -> {
        Metadata metadata = FileMetadata.of(stat, directory, name);
        yield member(path, stat, metadata, special(directory, name, stat));
      }
    };
  }

  private static ArchiveEntry.Kind special(Directory directory, FileName name, FileStat stat) {
    return switch (stat.type()) {
      case SYMLINK -> new ArchiveEntry.SymbolicLink(ByteString.of(directory.readLink(name)));
      case FIFO -> new ArchiveEntry.Fifo();
      case SOCKET -> new ArchiveEntry.Socket();
      case CHARACTER_DEVICE ->
          new ArchiveEntry.Device(false, stat.deviceMajor(), stat.deviceMinor());
      case BLOCK_DEVICE -> new ArchiveEntry.Device(true, stat.deviceMajor(), stat.deviceMinor());
      case REGULAR, DIRECTORY -> throw new IllegalStateException(stat.type().toString());
    };
  }

  private static ArchiveEntry member(
      RawPath path, FileStat stat, Metadata metadata, ArchiveEntry.Kind kind) {
    boolean linked = stat.links() > 1 && stat.type() != FileType.DIRECTORY;
    Optional<ByteString> identity =
        linked
            ? Optional.of(
                ByteString.of(
                    ByteBuffer.allocate(16).putLong(stat.device()).putLong(stat.inode()).array()))
            : Optional.empty();
    return new ArchiveEntry(path, metadata, kind, identity, ArchiveEntry.Owner.UNNAMED);
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return input.map(open -> open.read(target, offset, length)).orElse(-1);
  }

  private void closeInput() {
    input.ifPresent(
        open -> {
          open.leaveCacheAsFound();
          open.close();
        });
    input = Optional.empty();
  }

  @Override
  public void close() {
    closeInput();
    first.ifPresent(Directory::close);
    levels.forEach(level -> level.directory().close());
  }
}
