package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.snapshot.Snapshot;

/** Writes a part of a snapshot as an archive. For one thread. */
public final class Export {

  private final SnapshotTree tree;
  private final Instant moment;
  private final FileBytes bytes;
  private final ExportObserver observer;
  private final Cancellation cancellation;

  /**
   * An export of this snapshot.
   *
   * @param tree its tree
   * @param content reads the content of its files
   */
  public Export(
      Snapshot snapshot,
      SnapshotTree tree,
      ContentReader content,
      ExportObserver observer,
      Cancellation cancellation) {
    this.tree = tree;
    this.moment = snapshot.manifest().time();
    this.bytes = new FileBytes(content, observer);
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Writes all that stands at a path and below, under whole paths, as a restore to a target does;
   * mbox: the messages of the folder at the path.
   *
   * @param out stays the caller's, and gets no more than the archive
   * @throws org.mailkeep.model.error.NotFoundException where the snapshot has no such path
   * @throws org.mailkeep.model.error.StorageException where the stream cannot take it
   * @throws org.mailkeep.model.error.DamagedException where a large file broke off amid its
   *     content; what was written is no whole archive then
   */
  public void run(RawPath part, ExportFormat format, OutputStream out) {
    SnapshotTree.Found found = tree.require(part);
    ArchiveOutput.write(
        format,
        out,
        bytes,
        observer,
        sink -> {
          if (sink instanceof MboxSink mbox) {
            new MboxExport(tree, mbox, observer, cancellation).write(found);
          } else {
            observer.expected(found.entry().files(), found.entry().size());
            leadTo(found.path(), sink);
            add(found.path(), found.entry(), sink);
          }
        });
  }

  /** The directories above, which a restore makes too. */
  private void leadTo(RawPath path, ExportSink sink) throws IOException {
    List<FileName> names = path.names();
    RawPath at = RawPath.ROOT;
    for (FileName name : names.subList(0, Math.max(0, names.size() - 1))) {
      at = at.resolve(name);
      SnapshotTree.Found above = tree.require(at);
      sink.add(at, timed(above.entry()));
    }
  }

  private void add(RawPath path, Entry entry, ExportSink sink) throws IOException {
    cancellation.check();
    observer.writing(path);
    if (!(entry.body() instanceof Body.Directory directory)) {
      sink.add(path, entry);
      observer.done(1, entry.size());
      return;
    }
    // A root that is no source says nothing of the place where somebody unpacks.
    if (!(path.names().isEmpty() && directory.partial())) {
      sink.add(path, timed(entry));
    }
    for (Entry child : tree.entries(directory)) {
      add(path.resolve(child.name()), child, sink);
    }
  }

  /** A directory that only leads to sources is stored without its time: it gets the snapshot's. */
  private Entry timed(Entry entry) {
    if (!(entry.body() instanceof Body.Directory directory) || !directory.partial()) {
      return entry;
    }
    Metadata metadata = entry.metadata();
    return new Entry(
        entry.name(),
        new Metadata(
            metadata.mode(),
            metadata.uid(),
            metadata.gid(),
            moment.getEpochSecond(),
            0,
            metadata.attributes()),
        entry.body(),
        0);
  }
}
