package org.mailkeep.engine.archive;

import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;

/**
 * Names of members become paths: a slash or "./" at the begin, doubled slashes and "." mean
 * nothing, as in every tar; ".." and what no directory can hold is refused.
 */
final class MemberPath {

  private MemberPath() {}

  /**
   * The absolute path of a member.
   *
   * @param name as the archive has it
   */
  static RawPath of(byte[] name, ArchiveInput archive) {
    if (name.length == 0 || name.length > Body.SymbolicLink.MAX_TARGET) {
      throw archive.damaged("a member has a name of " + name.length + " bytes");
    }
    RawPath path = RawPath.ROOT.resolve(RawPath.of(name));
    for (FileName part : path.names()) {
      if (!part.isComponent()) {
        throw archive.hostile("a member is named " + RawPath.of(name));
      }
    }
    return path;
  }

  /** The target of a symbolic link. */
  static ByteString target(byte[] target, RawPath path, ArchiveInput archive) {
    if (target.length == 0 || target.length > Body.SymbolicLink.MAX_TARGET) {
      throw archive.damaged(
          "the symbolic link " + path + " has a target of " + target.length + " bytes");
    }
    return ByteString.of(target);
  }
}
