package org.mailkeep.engine.move;

import java.util.Optional;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.ControlFile;
import org.mailkeep.mail.qmail.RcptHosts;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;

/**
 * The server that a snapshot is of: what its qmail knew of domains, and where things really are.
 */
final class OldServer {

  /** No file of qmail's has more; in bytes. */
  static final int LARGEST = 64 << 20;

  private final ServerTree server;
  private final RawPath root;
  private final RawPath qmail;

  /**
   * @param root the server's root in the snapshot
   * @param qmail qmail's home, as the server saw it
   */
  OldServer(SnapshotTree tree, ContentReader content, RawPath root, RawPath qmail) {
    this.server = new ServerTree(tree, content, root);
    this.root = root;
    this.qmail = qmail;
  }

  SnapshotTree tree() {
    return server.snapshot();
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

  /** As {@link ServerTree#read}. */
  Optional<byte[]> read(SnapshotTree.Found found, int largest) {
    return server.read(found, largest);
  }

  /** As {@link ServerTree#find}. */
  Optional<SnapshotTree.Found> find(RawPath path) {
    return server.find(path);
  }

  /** As {@link ServerTree#seen}. */
  RawPath seen(SnapshotTree.Found found) {
    return server.seen(found);
  }
}
