package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.OpenNode;

/** Makes metadata records of what the file system says. */
public final class FileMetadata {

  private FileMetadata() {}

  /** Of something that is open. */
  public static Metadata of(FileStat stat, OpenNode node) {
    List<Attribute> attributes = new ArrayList<>();
    for (byte[] name : node.attributes()) {
      add(name, () -> node.attribute(name), attributes);
    }
    return of(stat, attributes);
  }

  /** Of something that cannot be opened, or need not be. */
  public static Metadata of(FileStat stat, Directory directory, FileName file) {
    List<Attribute> attributes = new ArrayList<>();
    for (byte[] name : directory.attributes(file)) {
      add(name, () -> directory.attribute(file, name), attributes);
    }
    return of(stat, attributes);
  }

  /** With attributes that are known. */
  public static Metadata of(FileStat stat, List<Attribute> attributes) {
    return new Metadata(
        stat.mode(), stat.uid(), stat.gid(), stat.mtimeSeconds(), stat.mtimeNanos(), attributes);
  }

  /**
   * Of a directory that only leads to sources: its times change with what stands beside them, and
   * would make every snapshot different from the last.
   */
  static Metadata withoutTimes(Metadata metadata) {
    return new Metadata(
        metadata.mode(), metadata.uid(), metadata.gid(), 0, 0, metadata.attributes());
  }

  private interface Value {
    byte[] read();
  }

  private static void add(byte[] name, Value value, List<Attribute> attributes) {
    try {
      attributes.add(new Attribute(ByteString.of(name), ByteString.of(value.read())));
      attributes.sort(Comparator.comparing((Attribute a) -> FileName.of(a.name().bytes())));
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENODATA) {
        throw e;
      }
      // It was removed between listing and reading.
    }
  }
}
