package org.mailkeep.engine.restore;

import java.util.List;
import java.util.function.Consumer;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.OwnerMapping;
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
  private final OwnerMapping mapping;
  private final RestoreLog log;

  MetadataWriter(boolean owner, OwnerMapping mapping, RestoreLog log) {
    this.owner = owner;
    this.mapping = mapping;
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
      attempt(path, () -> node.owner(mapping.uid(metadata.uid()), mapping.gid(metadata.gid())));
    }
    attempt(path, () -> dropInherited(node.attributes(), metadata, node::removeAttribute));
    attempt(path, () -> node.mode(metadata.mode()));
    for (Attribute attribute : metadata.attributes()) {
      byte[] name = attribute.name().bytes();
      attempt(path, () -> node.setAttribute(name, MappedAttributes.value(attribute, mapping)));
    }
  }

  /** Of a link or special file, which is not opened. */
  void apply(Metadata metadata, Directory directory, FileName file, boolean isLink, RawPath path) {
    if (owner) {
      attempt(
          path,
          () -> directory.owner(file, mapping.uid(metadata.uid()), mapping.gid(metadata.gid())));
    }
    if (!isLink) {
      attempt(
          path,
          () ->
              dropInherited(
                  directory.attributes(file),
                  metadata,
                  name -> directory.removeAttribute(file, name)));
      attempt(path, () -> directory.mode(file, metadata.mode()));
    }
    for (Attribute attribute : metadata.attributes()) {
      byte[] name = attribute.name().bytes();
      attempt(
          path,
          () -> directory.setAttribute(file, name, MappedAttributes.value(attribute, mapping)));
    }
    attempt(path, () -> directory.modified(file, metadata.mtimeSeconds(), metadata.mtimeNanos()));
  }

  /** What is made in a directory with a default ACL has an ACL that it never had (acl(5)). */
  private static void dropInherited(
      List<byte[]> present, Metadata metadata, Consumer<byte[]> remove) {
    for (byte[] bytes : present) {
      ByteString name = ByteString.of(bytes);
      boolean wanted = metadata.attributes().stream().anyMatch(a -> a.name().equals(name));
      if (!wanted && MappedAttributes.isAcl(name)) {
        remove.accept(bytes);
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
