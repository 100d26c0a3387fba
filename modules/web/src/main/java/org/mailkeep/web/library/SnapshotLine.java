package org.mailkeep.web.library;

import java.time.Instant;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * What lists and charts need of a snapshot: some 200 bytes, for there may be a hundred thousand.
 *
 * @param id its id
 * @param time the moment that it stands for
 * @param source of what it is
 * @param files in it
 * @param bytes their sizes
 * @param addedBytes of its content was new to the repository
 * @param storedBytes that the repository grew by
 * @param unreadable files that could not be read
 */
public record SnapshotLine(
    ObjectId id,
    Instant time,
    SourceName source,
    long files,
    long bytes,
    long addedBytes,
    long storedBytes,
    long unreadable) {

  static SnapshotLine of(Snapshot snapshot, SourceName source) {
    Manifest manifest = snapshot.manifest();
    return new SnapshotLine(
        snapshot.id(),
        manifest.time(),
        source,
        manifest.root().files(),
        manifest.root().size(),
        manifest.counts().addedBytes(),
        manifest.counts().storedBytes(),
        manifest.unreadable().count());
  }
}
