package org.mailkeep.engine.restore;

import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.FileType;

/**
 * Sets owner, mode, attributes and times, in this order: chown(2) clears setuid and setgid and
 * drops capabilities, a mode would change what an ACL says, and everything changes times.
 */
final class MetadataWriter {

  private final boolean owner;
  private final OwnerMapping mapping;
  private final RestoreLog log;

  MetadataWriter(boolean owner, OwnerMapping mapping, RestoreLog log) {
    this.owner = owner;
    this.mapping = mapping;
    this.log = log;
  }

  /** Sets all. */
  void apply(Metadata metadata, TargetNode node, FileType type, RawPath path) {
    applyWithoutTimes(metadata, node, type, path);
    applyTimes(metadata, node, path);
  }

  /** Sets the times again, which something else has changed. */
  void applyTimes(Metadata metadata, TargetNode node, RawPath path) {
    attempt(path, () -> node.modified(metadata.mtimeSeconds(), metadata.mtimeNanos()));
  }

  /** Of a directory that only leads to sources, whose times the snapshot does not know. */
  void applyWithoutTimes(Metadata metadata, TargetNode node, FileType type, RawPath path) {
    if (owner) {
      attempt(path, () -> node.owner(mapping.uid(metadata.uid()), mapping.gid(metadata.gid())));
    }
    attempt(path, () -> dropSurplus(metadata, node));
    if (type != FileType.SYMLINK) {
      attempt(path, () -> node.mode(metadata.mode()));
    }
    for (Attribute attribute : metadata.attributes()) {
      byte[] name = attribute.name().bytes();
      attempt(path, () -> node.setAttribute(name, MappedAttributes.value(attribute, mapping)));
    }
  }

  /** What is made in a directory with a default ACL has an ACL that it never had (acl(5)). */
  private static void dropSurplus(Metadata metadata, TargetNode node) {
    for (byte[] bytes : node.attributes()) {
      ByteString name = ByteString.of(bytes);
      boolean wanted = metadata.attributes().stream().anyMatch(a -> a.name().equals(name));
      if (!wanted && MappedAttributes.isOfFile(name)) {
        node.removeAttribute(bytes);
      }
    }
  }

  private void attempt(RawPath path, Runnable change) {
    try {
      change.run();
    } catch (SystemCallException e) {
      log.problem(path, e.problem());
    }
  }
}
