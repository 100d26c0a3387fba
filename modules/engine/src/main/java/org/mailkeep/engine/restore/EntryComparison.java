package org.mailkeep.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/**
 * Compares what the target has with what a restore would make of it, under the owners that files
 * get there. Safe for use by many threads.
 */
final class EntryComparison {

  private final MetadataComparison metadata;
  private final AccountFiles accounts;

  /**
   * @param owner whether owners are restored at all
   */
  EntryComparison(boolean owner, OwnerMapping mapping) {
    this.metadata = new MetadataComparison(owner, mapping);
    this.accounts = new AccountFiles(mapping);
  }

  /** The type of file that a body stands for. */
  static FileType typeOf(Body body) {
    return switch (body) {
      case Body.RegularFile _ -> FileType.REGULAR;
      case Body.Directory _ -> FileType.DIRECTORY;
      case Body.SymbolicLink _ -> FileType.SYMLINK;
      case Body.Fifo _ -> FileType.FIFO;
      case Body.Socket _ -> FileType.SOCKET;
      case Body.Device device -> device.block() ? FileType.BLOCK_DEVICE : FileType.CHARACTER_DEVICE;
    };
  }

  /**
   * Whether the file surely is what it should be but for its metadata. Of a regular file size and
   * time of change are trusted; only one that gets new owners in its text is read.
   */
  boolean isSame(FileJob job, FileStat stat, ContentReader content) {
    return stat.type() == typeOf(job.entry().body())
        && switch (job.entry().body()) {
          case Body.RegularFile file ->
              MetadataComparison.sameTime(job.entry().metadata(), stat)
                  && (accounts.concern(job)
                      ? contentDifference(job, file, content).isEmpty()
                      : file.size() == stat.size());
          case Body body -> specialDifference(job, body, stat).isEmpty();
        };
  }

  /** What differs in the metadata of something that is no directory, as clauses. */
  List<String> metadata(FileJob job, FileStat stat) {
    return metadata.differences(job.entry().metadata(), stat, job.node());
  }

  /** What differs in the metadata of a directory, as clauses. */
  List<String> metadata(WantedTree.Wanted wanted, Directory directory) {
    return metadata.differences(
        wanted.entry().metadata(), directory.stat(), TargetNode.of(directory));
  }

  /** What differs in what a link or special file stands for, as a clause. */
  Optional<String> specialDifference(FileJob job, Body body, FileStat stat) {
    return switch (body) {
      case Body.SymbolicLink link -> {
        ByteString is = ByteString.of(job.directory().readLink(job.entry().name()));
        yield is.equals(link.target())
            ? Optional.empty()
            : Optional.of("leads to " + is + ", not to " + link.target());
      }
      case Body.Device device ->
          device.major() == stat.deviceMajor() && device.minor() == stat.deviceMinor()
              ? Optional.empty()
              : Optional.of("another device");
      default -> Optional.empty();
    };
  }

  /**
   * The first byte at which a regular file differs, read from start to end.
   *
   * @throws UnreadableException where the repository cannot tell what it should hold
   */
  OptionalLong contentDifference(FileJob job, Body.RegularFile file, ContentReader content) {
    try (Input input = job.directory().openFile(job.entry().name())) {
      ContentComparison comparison = new ContentComparison(input);
      Optional<AccountFiles.Passage> passage = accounts.passage(job, comparison);
      content.write(file.recipe(), passage.<ContentReader.Target>map(p -> p).orElse(comparison));
      passage.ifPresent(AccountFiles.Passage::finish);
      OptionalLong difference = comparison.finish();
      input.leaveCacheAsFound();
      return difference;
    }
  }
}
