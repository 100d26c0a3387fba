package org.mailkeep.engine.restore;

import java.nio.file.Path;
import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Accounts;

/** Brings snapshots back, each over the one before it, as a server would go through time. */
public final class RestoredTrees {

  private final Path folder;

  /** Below this folder. */
  public RestoredTrees(Path folder) {
    this.folder = folder;
  }

  /**
   * Brings a snapshot back exactly.
   *
   * @param source the directory of the snapshot that is wanted
   * @param name a folder's name; what it had and the snapshot has not is removed
   * @return the folder
   */
  public Path bring(Snapshot snapshot, ChunkReader reader, Path source, String name) {
    Path target = folder.resolve(name);
    RawPath part = RawPath.of(source.toString());
    RestoreSettings settings =
        new RestoreSettings(
            RawPath.of(target.toString()),
            part,
            part,
            List.of(),
            List.of(),
            RestoreSettings.Existing.IF_CHANGED,
            true,
            List.of(),
            true,
            OwnershipRequest.EXACT,
            false,
            Parallelism.atMost(1));
    Object _ =
        new Restore(snapshot, reader, settings, new Silent(), new Cancellation(), new Accounts())
            .run();
    return target;
  }

  private static final class Silent implements RestoreObserver {
    @Override
    public void planned(long files, long bytes) {}

    @Override
    public void restored(long files, long bytes) {}

    @Override
    public void warning(String text) {}

    @Override
    public void problem(RawPath path, String problem) {
      throw new AssertionError(path + ": " + problem);
    }
  }
}
