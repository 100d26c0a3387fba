package org.mailkeep.engine.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Finds in which of its metadata something differs from what {@link MetadataWriter} would give it.
 */
final class MetadataComparison {

  private final boolean owner;
  private final OwnerMapping mapping;

  /**
   * @param owner whether owners are restored at all
   */
  MetadataComparison(boolean owner, OwnerMapping mapping) {
    this.owner = owner;
    this.mapping = mapping;
  }

  /**
   * What differs, each as a clause such as {@code mode 0644, not 0600}; nothing where all is equal.
   */
  List<String> differences(Metadata wanted, FileStat stat, TargetNode node) {
    List<String> differences = new ArrayList<>();
    if (owner) {
      number("owner", stat.uid(), mapping.uid(wanted.uid()), differences);
      number("group", stat.gid(), mapping.gid(wanted.gid()), differences);
    }
    if (stat.type() != FileType.SYMLINK && stat.mode() != wanted.mode()) {
      differences.add("mode %04o, not %04o".formatted(stat.mode(), wanted.mode()));
    }
    if (!sameTime(wanted, stat)) {
      differences.add(
          "modified at "
              + Instant.ofEpochSecond(stat.mtimeSeconds(), stat.mtimeNanos())
              + ", not "
              + Instant.ofEpochSecond(wanted.mtimeSeconds(), wanted.mtimeNanos()));
    }
    attributes(wanted, node, differences);
    return differences;
  }

  static boolean sameTime(Metadata wanted, FileStat stat) {
    return stat.mtimeSeconds() == wanted.mtimeSeconds() && stat.mtimeNanos() == wanted.mtimeNanos();
  }

  private static void number(String what, int is, int wanted, List<String> differences) {
    if (is != wanted) {
      differences.add(
          what + " " + Integer.toUnsignedString(is) + ", not " + Integer.toUnsignedString(wanted));
    }
  }

  private void attributes(Metadata wanted, TargetNode node, List<String> differences) {
    List<ByteString> present = node.attributes().stream().map(ByteString::of).toList();
    for (Attribute attribute : wanted.attributes()) {
      if (!present.contains(attribute.name())) {
        differences.add("no attribute " + attribute.name());
      } else if (!Arrays.equals(
          valueOf(node, attribute.name()), MappedAttributes.value(attribute, mapping))) {
        differences.add("another value of attribute " + attribute.name());
      }
    }
    for (ByteString name : present) {
      boolean known = wanted.attributes().stream().anyMatch(a -> a.name().equals(name));
      if (!known && MappedAttributes.isOfFile(name)) {
        differences.add("an attribute " + name + " too many");
      }
    }
  }

  /** The value now; none where the attribute went away meanwhile. */
  private static byte[] valueOf(TargetNode node, ByteString name) {
    try {
      return node.attribute(name.bytes());
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENODATA) {
        return new byte[0];
      }
      throw e;
    }
  }
}
