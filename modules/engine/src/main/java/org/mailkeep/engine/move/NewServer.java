package org.mailkeep.engine.move;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.ControlFile;
import org.mailkeep.mail.qmail.RcptHosts;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/** The server that domains move to: its qmail's files. Paths are as the server sees them. */
final class NewServer {

  private static final FileName ASSIGN = FileName.of("assign");

  private final RawPath root;
  private final RawPath users;
  private final RawPath control;

  /**
   * @param root the directory that is the server's root
   * @param qmail qmail's home
   */
  NewServer(RawPath root, RawPath qmail) {
    this.root = root;
    this.users = qmail.resolve(FileName.of("users"));
    this.control = qmail.resolve(FileName.of("control"));
  }

  /** Where a path of the server's is on this host. */
  RawPath here(RawPath path) {
    return root.resolve(path);
  }

  /**
   * Opens a directory. On this host links on the way are followed; below another root none is, for
   * it might lead out of there.
   */
  Directory open(RawPath path) {
    if (root.equals(RawPath.ROOT)) {
      return Directory.open(path);
    }
    Directory directory = Directory.open(root);
    for (FileName name : path.names()) {
      try (Directory above = directory) {
        directory = above.openDirectory(name);
      } catch (SystemCallException e) {
        if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
          throw e;
        }
        throw new RefusedException(
            directory.path().resolve(name) + " is a link or no directory",
            "Below another root than / no link is followed. Name the real place with"
                + " --qmail-home and --vpopmail-home.",
            e);
      }
    }
    return directory;
  }

  /** As {@link #open}, empty where there is none. */
  Optional<Directory> openIfPresent(RawPath path) {
    try {
      return Optional.of(open(path));
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes sure that it is a server with qmail. */
  void requireQmail() {
    for (RawPath folder : new RawPath[] {users, control}) {
      openIfPresent(folder)
          .orElseThrow(
              () ->
                  new NotFoundException(
                      "There is no " + here(folder) + ": qmail is not there",
                      "Say where it is with --qmail-home DIR."))
          .close();
    }
  }

  AssignFile assign() {
    return read(users, ASSIGN).map(AssignFile::of).orElse(AssignFile.EMPTY);
  }

  Optional<ControlFile> control(String name) {
    return read(control, FileName.of(name)).map(ControlFile::of);
  }

  /** Whom mail is taken for; empty where for anyone. */
  Optional<RcptHosts> rcptHosts() {
    return control("rcpthosts").map(hosts -> new RcptHosts(hosts, more()));
  }

  private ControlFile more() {
    return control("morercpthosts").orElse(ControlFile.EMPTY);
  }

  private Optional<byte[]> read(RawPath folder, FileName name) {
    try (Directory directory = open(folder)) {
      return SharedFile.read(directory, name);
    }
  }

  FileChange editAssign(UnaryOperator<AssignFile> change) {
    return edit(users, ASSIGN, bytes -> change.apply(AssignFile.of(bytes)).bytes());
  }

  FileChange editControl(String name, UnaryOperator<ControlFile> change) {
    return edit(control, FileName.of(name), bytes -> change.apply(ControlFile.of(bytes)).bytes());
  }

  FileChange editRcptHosts(UnaryOperator<RcptHosts> change) {
    return editControl(
        "rcpthosts", hosts -> change.apply(new RcptHosts(hosts, more())).rcpthosts());
  }

  FileChange editMoreRcptHosts(UnaryOperator<RcptHosts> change) {
    ControlFile hosts = control("rcpthosts").orElse(ControlFile.EMPTY);
    return editControl("morercpthosts", more -> change.apply(new RcptHosts(hosts, more)).more());
  }

  private FileChange edit(RawPath folder, FileName name, UnaryOperator<byte[]> change) {
    try (Directory directory = open(folder)) {
      return SharedFile.edit(directory, name, folder.resolve(name), change);
    }
  }

  RawPath assignPath() {
    return users.resolve(ASSIGN);
  }

  RawPath controlPath(String name) {
    return control.resolve(FileName.of(name));
  }
}
