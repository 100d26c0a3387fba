package org.mailkeep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
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

  /** Of larger directories names are looked up where they are. */
  private static final int MOST_HELD = 10_000;

  private final Optional<Directory> directory;
  private final Iterable<DirectoryEntry> listed;
  private final Map<FileName, EntryType> types = new HashMap<>();
  private boolean isLarge;

  /**
   * An open directory.
   *
   * @param directory stays the caller's, and open as long as children are asked for
   * @param listed what is in it, to be gone through more than once
   */
  public ListedDirectory(Directory directory, Iterable<DirectoryEntry> listed) {
    this(Optional.of(directory), listed);
    for (DirectoryEntry entry : listed) {
      if (types.size() == MOST_HELD) {
        isLarge = true;
        types.clear();
        return;
      }
      note(directory, entry);
    }
  }

  private ListedDirectory(Optional<Directory> directory, Iterable<DirectoryEntry> listed) {
    this.directory = directory;
    this.listed = listed;
  }

  private static ListedDirectory closed(Directory directory) {
    ListedDirectory closed = new ListedDirectory(Optional.empty(), List.of());
    directory.list().forEach(entry -> closed.note(directory, entry));
    return closed;
  }

  private void note(Directory in, DirectoryEntry entry) {
    typeOf(in, entry).ifPresent(known -> types.put(entry.name(), known));
  }

  private static Optional<EntryType> typeOf(Directory in, DirectoryEntry entry) {
    FileType listed = entry.type();
    Optional<FileType> type =
        listed != null ? Optional.of(listed) : in.statIfPresent(entry.name()).map(FileStat::type);
    return type.map(ListedDirectory::typeOf);
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
    return isLarge ? lookUp(name).map(ListedDirectory::typeOf).orElse(null) : types.get(name);
  }

  private Optional<FileType> lookUp(FileName name) {
    try {
      return directory.flatMap(open -> open.statIfPresent(name)).map(FileStat::type);
    } catch (SystemCallException e) {
      return Optional.empty();
    }
  }

  @Override
  public Iterable<FileName> names() {
    return isLarge
        ? () ->
            StreamSupport.stream(listed.spliterator(), false).map(DirectoryEntry::name).iterator()
        : types.keySet();
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
