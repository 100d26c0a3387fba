package org.mailkeep.engine.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.block.ZstdStreams;
import org.mailkeep.repository.snapshot.Snapshot;

/** Writes a part of a snapshot as an archive. For one thread. */
public final class Export {

  private static final int BUFFER = 128 << 10;

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
   * @throws StorageException where the stream cannot take it
   * @throws org.mailkeep.model.error.DamagedException where a large file broke off amid its
   *     content; what was written is no whole archive then
   */
  public void run(RawPath part, ExportFormat format, OutputStream out) {
    SnapshotTree.Found found = tree.require(part);
    try {
      BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
      switch (format) {
        case TAR -> archive(found, new TarExport(buffered, bytes, observer));
        case TAR_ZST -> {
          OutputStream packed =
              new BufferedOutputStream(
                  ZstdStreams.compressing(unclosed(buffered), Compression.DEFAULT_LEVEL), BUFFER);
          archive(found, new TarExport(packed, bytes, observer));
          packed.close();
        }
        case ZIP -> archive(found, new ZipExport(buffered, bytes, observer));
        case MBOX -> new MboxExport(tree, buffered, bytes, observer, cancellation).write(found);
      }
      buffered.flush();
    } catch (IOException e) {
      throw new StorageException(
          "The archive cannot be written: " + e.getMessage(),
          "Look for room on the disk, or whether the reader of the pipe has ended.",
          e);
    }
  }

  /** Ends a frame of zstd without closing what is below it. */
  private static OutputStream unclosed(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  private void archive(SnapshotTree.Found found, ExportSink opened) throws IOException {
    try (ExportSink sink = opened) {
      observer.expected(found.entry().files(), found.entry().size());
      leadTo(found.path(), sink);
      add(found.path(), found.entry(), sink);
      sink.finish();
    }
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
