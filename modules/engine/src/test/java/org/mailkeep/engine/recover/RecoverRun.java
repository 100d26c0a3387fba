package org.mailkeep.engine.recover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** A recovery being described; runs once or many times. */
final class RecoverRun {

  private final TestRepository repository;
  private final Snapshot snapshot;
  private final Path maildir;
  private final List<String> told = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Path live;
  private Optional<FolderName> folder = Optional.empty();
  private Optional<FolderName> into = Optional.empty();
  private MessageFilter wanted = MessageFilter.ALL;
  private Consumer<MissingMessage> onMissing = _ -> {};
  private final Cancellation cancellation = new Cancellation();

  /**
   * @param maildir where the snapshot has the mailbox
   */
  RecoverRun(TestRepository repository, Snapshot snapshot, Path maildir) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.maildir = maildir;
    this.live = maildir;
  }

  /** Into another mailbox than the one that was backed up. */
  RecoverRun to(Path other) {
    live = other;
    return this;
  }

  RecoverRun folder(String name) {
    folder = FolderName.parse(name);
    return this;
  }

  RecoverRun into(String name) {
    into = FolderName.parse(name);
    return this;
  }

  RecoverRun only(MessageFilter filter) {
    wanted = filter;
    return this;
  }

  /** Does this whenever a message is found to be missing, or was delivered. */
  RecoverRun onMissing(Consumer<MissingMessage> action) {
    onMissing = action;
    return this;
  }

  /** Stops as if the user had asked for it. */
  void stop() {
    cancellation.request();
  }

  /** What the observer was told of messages, as "folder -> folder name". */
  List<String> told() {
    return told;
  }

  List<String> warnings() {
    return warnings;
  }

  Recover.Report run() {
    return with(Recover::run);
  }

  Recover.Report dryRun() {
    return with(Recover::dryRun);
  }

  private interface Work {
    Recover.Report on(Recover recover);
  }

  private Recover.Report with(Work work) {
    told.clear();
    try (ChunkReader reader = repository.reader()) {
      ContentReader content = new ContentReader(reader);
      SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(reader));
      SnapshotStore store = new SnapshotStore(new ServerTree(tree, content, RawPath.ROOT));
      StoredMailbox mailbox =
          new StoredMailbox(store, Mailboxes.of(store).find(maildir.toString()));
      RecoverSettings settings =
          new RecoverSettings(RawPath.of(live.toString()), folder, wanted, into, "mail.example");
      return work.on(new Recover(mailbox, content, settings, new Watcher(), cancellation));
    }
  }

  private final class Watcher implements RecoverObserver {
    @Override
    public void missing(MissingMessage message) {
      told.add(
          message.folder() + " -> " + message.target() + " " + message.stored().entry().name());
      onMissing.accept(message);
    }

    @Override
    public void problem(String text) {
      warnings.add(text);
    }

    @Override
    public void warning(String text) {
      warnings.add(text);
    }
  }
}
