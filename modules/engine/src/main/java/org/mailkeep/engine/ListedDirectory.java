package org.mailkeep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * What was listed of a directory, for recognising what it is. What cannot be looked at is not
 * there. It reaches one level down, which is as far as any structure has to be looked at.
 */
public final class ListedDirectory implements Listing {

  private final Optional<Directory> directory;
  private final Map<FileName, EntryType> types = new HashMap<>();

  /**
   * An open directory.
   *
   * @param directory stays the caller's, and open as long as children are asked for
   */
  public ListedDirectory(Directory directory, List<DirectoryEntry> listed) {
    this(Optional.of(directory));
    listed.forEach(entry -> note(directory, entry));
  }

  private ListedDirectory(Optional<Directory> directory) {
    this.directory = directory;
  }

  private static ListedDirectory closed(Directory directory) {
    ListedDirectory closed = new ListedDirectory(Optional.empty());
    directory.list().forEach(entry -> closed.note(directory, entry));
    return closed;
  }

  private void note(Directory in, DirectoryEntry entry) {
    FileType listed = entry.type();
    Optional<FileType> type =
        listed != null ? Optional.of(listed) : in.statIfPresent(entry.name()).map(FileStat::type);
    type.ifPresent(known -> types.put(entry.name(), typeOf(known)));
  }

  private static EntryType typeOf(FileType type) {
    return switch (type) {
      case REGULAR -> EntryType.FILE;
      case DIRECTORY -> EntryType.DIRECTORY;
      case SYMLINK -> EntryType.SYMLINK;
      case FIFO -> EntryType.FIFO;
      case SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> EntryType.OTHER;
    };
  }

  @Override
  public @Nullable EntryType type(FileName name) {
    return types.get(name);
  }

  @Override
  public Iterable<FileName> names() {
    return types.keySet();
  }

  @Override
  public Optional<Listing> child(FileName name) {
    try {
      Optional<Directory> opened = directory.flatMap(open -> open.openDirectoryIfPresent(name));
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (Directory child = opened.get()) {
        return Optional.of(closed(child));
      }
    } catch (SystemCallException e) {
      return Optional.empty();
    }
  }
}
