package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.FoundMessage;
import org.mailkeep.engine.history.KnownSnapshot;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Writes messages that were found in the history as an archive, each as the last snapshot has it
 * that the repository still has. They come one after the other; none is held. For one thread.
 */
public final class MessageExport {

  private final Repository repository;
  private final TreeReader trees;
  private final FileBytes bytes;
  private final ExportObserver observer;
  private final Cancellation cancellation;
  private Optional<SnapshotTree> tree = Optional.empty();
  private @Nullable KnownSnapshot snapshot;

  /** An export from this repository, by an index that is up to date. */
  public MessageExport(
      Repository repository,
      ChunkReader chunks,
      ExportObserver observer,
      Cancellation cancellation) {
    this.repository = repository;
    this.trees = new TreeReader(chunks);
    this.bytes = new FileBytes(new ContentReader(chunks), observer);
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /** Gives the messages to a taker, one after the other. */
  public interface Source {
    /** Gives them. */
    void forEach(Consumer<FoundMessage> taker);
  }

  /**
   * Writes them, under whole paths in a tar or zip archive.
   *
   * @param out stays the caller's, and gets no more than the archive
   * @throws org.mailkeep.model.error.StorageException where the stream cannot take it
   * @throws UnreadableException where a large file broke off amid its content
   */
  public void run(Source messages, ExportFormat format, OutputStream out) {
    ArchiveOutput.write(
        format,
        out,
        bytes,
        observer,
        sink -> {
          try (TakenNames names = new TakenNames()) {
            messages.forEach(message -> add(message, sink, names));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  private void add(FoundMessage message, ExportSink sink, TakenNames names) {
    cancellation.check();
    RawPath folder = folder(message);
    try {
      Optional<Entry> found = entry(message, folder);
      if (found.isEmpty()) {
        observer.problem(folder.resolve(message.base()), "left out: its snapshot does not have it");
        return;
      }
      // A link to another name of the file may lead to what another snapshot or host had there.
      Entry entry = found.get();
      Entry alone = new Entry(entry.name(), entry.metadata(), entry.body(), 0);
      RawPath path = sink instanceof MboxSink ? folder : names.free(folder, entry.name());
      observer.writing(folder.resolve(entry.name()));
      sink.add(path, alone);
      observer.done(1, entry.size());
    } catch (UnreadableException | NotFoundException e) {
      observer.problem(folder.resolve(message.base()), "left out: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawPath folder(FoundMessage message) {
    RawPath maildir = message.mailbox().path();
    FileName name = message.place().folder();
    RawPath folder = name.length() == 0 ? maildir : maildir.resolve(name);
    return folder.resolve(FileName.of(message.place().fresh() ? "new" : "cur"));
  }

  /**
   * The message's file: under the name that programs give it, else whatever its flags look like.
   */
  private Optional<Entry> entry(FoundMessage message, RawPath folder) {
    SnapshotTree in = tree(message.last());
    Optional<SnapshotTree.Found> directory = in.find(folder);
    if (directory.isEmpty()
        || !(directory.get().entry().body() instanceof Body.Directory messages)) {
      return Optional.empty();
    }
    FileName usual = MessageName.of(message.base()).withFlags(message.place().flags());
    Optional<Entry> there =
        in.child(directory.get(), usual)
            .or(() -> in.child(directory.get(), message.base()))
            .map(SnapshotTree.Found::entry);
    if (there.isPresent()) {
      return there;
    }
    for (Entry entry : in.entries(messages)) {
      if (MessageName.sameBase(entry.name(), message.base())) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private SnapshotTree tree(KnownSnapshot wanted) {
    if (!wanted.equals(snapshot) || tree.isEmpty()) {
      tree = Optional.of(new SnapshotTree(repository.snapshots().load(wanted.id()), trees));
      snapshot = wanted;
    }
    return tree.get();
  }
}
