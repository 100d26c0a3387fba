package org.mailkeep.engine.move;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.ControlFile;
import org.mailkeep.mail.qmail.RcptHosts;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.tree.Body;

/**
 * The server that a snapshot is of: what its qmail knew of domains, and where things really are.
 */
final class OldServer {

  /** No file of qmail's has more; in bytes. */
  static final int LARGEST = 64 << 20;

  /** As many links as Linux follows on one path, path_resolution(7). */
  private static final int MOST_LINKS = 40;

  private final SnapshotTree tree;
  private final ContentReader content;
  private final RawPath root;
  private final RawPath qmail;

  /**
   * @param root the server's root in the snapshot
   * @param qmail qmail's home, as the server saw it
   */
  OldServer(SnapshotTree tree, ContentReader content, RawPath root, RawPath qmail) {
    this.tree = tree;
    this.content = content;
    this.root = root;
    this.qmail = qmail;
  }

  SnapshotTree tree() {
    return tree;
  }

  /** Who has which address. */
  AssignFile assign() {
    RawPath path = qmail.resolve(RawPath.of("users/assign"));
    return read(path)
        .map(AssignFile::of)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "The snapshot has no " + root.resolve(path) + ", which names the domains",
                    "Say where qmail was with --old-qmail-home DIR, or where the old server's root"
                        + " is in the snapshot with SNAPSHOT:/DIR."));
  }

  /** A list of control; empty where there is none. */
  Optional<ControlFile> control(String name) {
    return read(qmail.resolve(RawPath.of("control/" + name))).map(ControlFile::of);
  }

  /** Whom mail was taken for; empty where anyone, or where the snapshot does not tell. */
  Optional<RcptHosts> rcptHosts() {
    return control("rcpthosts")
        .map(hosts -> new RcptHosts(hosts, control("morercpthosts").orElse(ControlFile.EMPTY)));
  }

  private Optional<byte[]> read(RawPath path) {
    return find(path).flatMap(found -> read(found, LARGEST));
  }

  /** The content of a regular file that is no larger; empty for anything else. */
  Optional<byte[]> read(SnapshotTree.Found found, int largest) {
    return found.entry().body() instanceof Body.RegularFile file && file.size() <= largest
        ? Optional.of(content.bytes(file.recipe(), largest))
        : Optional.empty();
  }

  /** What the server found at a path, links followed; where it is in the snapshot. */
  Optional<SnapshotTree.Found> find(RawPath path) {
    Deque<FileName> ahead = new ArrayDeque<>(path.names());
    List<FileName> behind = new ArrayList<>();
    int links = 0;
    Optional<SnapshotTree.Found> here = tree.find(root);
    while (here.isPresent() && !ahead.isEmpty()) {
      FileName name = ahead.removeFirst();
      if (name.is("..")) {
        if (!behind.isEmpty()) {
          behind.removeLast();
        }
      } else {
        behind.add(name);
      }
      here = tree.find(root.resolve(path(behind)));
      if (here.isPresent() && here.get().entry().body() instanceof Body.SymbolicLink link) {
        if (++links > MOST_LINKS) {
          throw new DamagedException(path.toString(), "it leads from link to link");
        }
        RawPath target = RawPath.of(link.target().bytes());
        behind.removeLast();
        if (target.isAbsolute()) {
          behind.clear();
        }
        target.names().reversed().forEach(ahead::addFirst);
        here = tree.find(root.resolve(path(behind)));
      }
    }
    return here;
  }

  /** A place in the snapshot as the server saw it. */
  RawPath seen(SnapshotTree.Found found) {
    List<FileName> names = found.path().names();
    return path(names.subList(root.names().size(), names.size()));
  }

  private static RawPath path(List<FileName> names) {
    RawPath path = RawPath.ROOT;
    for (FileName name : names) {
      path = path.resolve(name);
    }
    return path;
  }
}
