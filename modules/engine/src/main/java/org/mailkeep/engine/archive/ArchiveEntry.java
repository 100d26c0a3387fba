package org.mailkeep.engine.archive;

import java.util.Optional;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Metadata;

/**
 * One member of an archive.
 *
 * @param path where it stands, absolute, the archive being the root
 * @param metadata owner, mode, time, attributes
 * @param kind what it is
 * @param identity equal for names of one file where the archive tells so by number; empty otherwise
 * @param owner the names of owner and group that the archive gives, empty texts where it has none
 */
public record ArchiveEntry(
    RawPath path, Metadata metadata, Kind kind, Optional<ByteString> identity, Owner owner) {

  /**
   * Names that belong to the numbers.
   *
   * @param user of the owner
   * @param group of the group
   */
  public record Owner(String user, String group) {
    /** Nothing but the numbers is known. */
    public static final Owner UNNAMED = new Owner("", "");
  }

  /** What a member is. */
  public sealed interface Kind {}

  /**
   * A regular file, whose content is read next.
   *
   * @param size its length in bytes, holes included
   * @param holes what the archive leaves out
   */
  public record RegularFile(long size, Holes holes) implements Kind {}

  /** A directory. */
  public record Directory() implements Kind {}

  /**
   * A symbolic link.
   *
   * @param target what it says
   */
  public record SymbolicLink(ByteString target) implements Kind {}

  /**
   * Another name of a member that came before.
   *
   * @param to that member's path
   */
  public record HardLink(RawPath to) implements Kind {}

  /** A named pipe. */
  public record Fifo() implements Kind {}

  /** A socket. */
  public record Socket() implements Kind {}

  /**
   * A device node.
   *
   * @param block whether it is a block device
   * @param major its major number
   * @param minor its minor number
   */
  public record Device(boolean block, int major, int minor) implements Kind {}
}
