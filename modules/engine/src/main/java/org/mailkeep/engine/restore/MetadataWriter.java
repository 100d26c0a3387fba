package org.mailkeep.engine.restore;

import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.OpenNode;

/**
 * Sets owner, mode, attributes and times, in this order: chown(2) clears setuid and setgid and
 * drops capabilities, a mode would change what an ACL says, and everything changes times.
 */
final class MetadataWriter {

  private final boolean owner;
  private final RestoreLog log;

  MetadataWriter(boolean owner, RestoreLog log) {
    this.owner = owner;
    this.log = log;
  }

  /** Of something that is open. */
  void apply(Metadata metadata, OpenNode node, RawPath path) {
    applyWithoutTimes(metadata, node, path);
    attempt(path, () -> node.modified(metadata.mtimeSeconds(), metadata.mtimeNanos()));
  }

  /** Of a directory that only leads to sources, whose times the snapshot does not know. */
  void applyWithoutTimes(Metadata metadata, OpenNode node, RawPath path) {
    if (owner) {
      attempt(path, () -> node.owner(metadata.uid(), metadata.gid()));
    }
    attempt(path, () -> node.mode(metadata.mode()));
    for (Attribute attribute : metadata.attributes()) {
      byte[] name = attribute.name().bytes();
      attempt(path, () -> node.setAttribute(name, attribute.value().bytes()));
    }
  }

  /** Of a link or special file, which is not opened. */
  void apply(Metadata metadata, Directory directory, FileName file, boolean isLink, RawPath path) {
    if (owner) {
      attempt(path, () -> directory.owner(file, metadata.uid(), metadata.gid()));
    }
    if (!isLink) {
      attempt(path, () -> directory.mode(file, metadata.mode()));
    }
    for (Attribute attribute : metadata.attributes()) {
      byte[] name = attribute.name().bytes();
      attempt(path, () -> directory.setAttribute(file, name, attribute.value().bytes()));
    }
    attempt(path, () -> directory.modified(file, metadata.mtimeSeconds(), metadata.mtimeNanos()));
  }

  private void attempt(RawPath path, Runnable change) {
    try {
      change.run();
    } catch (SystemCallException e) {
      log.problem(path, e.problem());
    }
  }
}
