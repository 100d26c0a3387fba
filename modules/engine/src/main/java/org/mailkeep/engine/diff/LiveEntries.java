package org.mailkeep.engine.diff;

import java.util.Optional;
import org.mailkeep.engine.backup.FileMetadata;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.restore.ContentComparison;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.Input;

/**
 * Files as they are, as entries that can be compared. What cannot be known without reading is taken
 * from the entry beside which it stands: a regular file of the same size has its recipe, unless
 * contents are compared and differ.
 */
public final class LiveEntries {

  private static final Body.Directory DIRECTORY =
      new Body.Directory(new ChunkId(0, 0, 0), 0, 0, false);

  private final Optional<ContentReader> content;

  /**
   * @param content reads what files should hold, where that is to be compared; empty where the size
   *     is believed
   */
  public LiveEntries(Optional<ContentReader> content) {
    this.content = content;
  }

  /**
   * The entry of a file.
   *
   * @param beside what a snapshot has in its place
   */
  Entry entry(Directory directory, FileName name, FileStat stat, Optional<Entry> beside) {
    Body body =
        switch (stat.type()) {
          case REGULAR -> regular(directory, name, stat, beside);
          case DIRECTORY -> DIRECTORY;
          case SYMLINK -> new Body.SymbolicLink(ByteString.of(directory.readLink(name)));
          case FIFO -> new Body.Fifo();
          case SOCKET -> new Body.Socket();
          case CHARACTER_DEVICE -> new Body.Device(false, stat.deviceMajor(), stat.deviceMinor());
          case BLOCK_DEVICE -> new Body.Device(true, stat.deviceMajor(), stat.deviceMinor());
        };
    return new Entry(name, FileMetadata.of(stat, directory, name), body, 0);
  }

  private Body regular(Directory directory, FileName name, FileStat stat, Optional<Entry> beside) {
    if (beside.isPresent()
        && beside.get().body() instanceof Body.RegularFile was
        && was.size() == stat.size()
        && (content.isEmpty() || isSame(directory, name, was, content.get()))) {
      return was;
    }
    return new Body.RegularFile(stat.size(), Recipe.EMPTY);
  }

  private static boolean isSame(
      Directory directory, FileName name, Body.RegularFile was, ContentReader content) {
    try (Input input = directory.openFile(name)) {
      ContentComparison comparison = new ContentComparison(input);
      content.write(was.recipe(), comparison);
      boolean same = comparison.finish().isEmpty();
      input.leaveCacheAsFound();
      return same;
    }
  }
}
