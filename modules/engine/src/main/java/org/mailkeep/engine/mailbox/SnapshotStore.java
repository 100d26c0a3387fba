package org.mailkeep.engine.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree.Found;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** The mail store that a snapshot has. */
public final class SnapshotStore implements MailStore {

  /** The largest file that is read to find mailboxes, in bytes: half a million accounts. */
  static final int LARGEST = 64 << 20;

  private final ServerTree server;

  /** The mail store of a server. */
  public SnapshotStore(ServerTree server) {
    this.server = server;
  }

  /** The server's tree. */
  public ServerTree server() {
    return server;
  }

  @Override
  public Optional<Folder> folder(RawPath path) {
    return server.find(path).flatMap(this::folder);
  }

  @Override
  public Optional<byte[]> file(RawPath path) {
    return server.find(path).flatMap(found -> server.read(found, LARGEST));
  }

  private Optional<Folder> folder(Found found) {
    return found.entry().body() instanceof Body.Directory directory
        ? Optional.of(new StoredFolder(found, directory))
        : Optional.empty();
  }

  /** A directory of the snapshot. */
  private final class StoredFolder implements Folder {
    private final Found found;
    private final Body.Directory body;

    StoredFolder(Found found, Body.Directory body) {
      this.found = found;
      this.body = body;
    }

    @Override
    public RawPath path() {
      return server.seen(found);
    }

    @Override
    public List<FileName> directories() {
      List<FileName> names = new ArrayList<>();
      for (Entry entry : server.snapshot().entries(body)) {
        if (entry.body() instanceof Body.Directory) {
          names.add(entry.name());
        }
      }
      return names;
    }

    @Override
    public boolean hasDirectory(FileName name) {
      return child(name).isPresent();
    }

    @Override
    public Optional<Folder> child(FileName name) {
      return server.snapshot().child(found, name).flatMap(SnapshotStore.this::folder);
    }

    @Override
    public Optional<byte[]> read(FileName name) {
      return server.snapshot().child(found, name).flatMap(file -> server.read(file, LARGEST));
    }
  }
}
