package org.mailkeep.engine.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.unix.Credentials;
import org.mailkeep.unix.FileStat;

/**
 * The folder of a snapshot that holds what commands printed. It is of the user who makes the backup
 * and for nobody else, for a dump of accounts has passwords. A file's time is that of the backup
 * which first saw it as it is, so that a dump which says the same leaves the snapshot the same.
 */
final class CommandFolder {

  private static final int FOLDER_MODE = 0700;
  private static final int FILE_MODE = 0600;

  private final KeySet keys;
  private final ChunkSink sink;
  private final ScanLog log;
  private final BackupObserver observer;
  private final Cancellation cancellation;
  private final Credentials me = Credentials.current();

  CommandFolder(
      KeySet keys,
      ChunkSink sink,
      ScanLog log,
      BackupObserver observer,
      Cancellation cancellation) {
    this.keys = keys;
    this.sink = sink;
    this.log = log;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Runs the commands, one after the other, and puts the folder into the root directory.
   *
   * @param stat of the root directory
   * @param memory what the last run saw in the folder
   * @throws org.mailkeep.model.error.CommandFailedException where one does not end well
   */
  void fill(
      List<CommandOutput> commands,
      OpenDirectory root,
      FileStat stat,
      KnownDirectory memory,
      OpenDirectory.Finisher finisher,
      SortSpace space) {
    OpenDirectory.Facts facts =
        new OpenDirectory.Facts(
            CommandOutput.FOLDER.names().getLast(),
            CommandOutput.FOLDER,
            stat,
            metadata(FOLDER_MODE, Instant.EPOCH),
            true,
            System.currentTimeMillis());
    OpenDirectory folder = new OpenDirectory(Optional.of(root), facts, memory, finisher, space);
    folder.unsettle();
    ContentWriter writer = new ContentWriter(keys, sink);
    for (CommandOutput command : commands) {
      Optional<Entry> before =
          memory.files().byName(FileName.of(command.name())).map(Scanned::entry);
      Entry entry = run(command, writer, before);
      folder.add(new Scanned(entry, 0, 0, 0));
      log.examined(before, entry);
      observer.entries(1, entry.size());
    }
    log.owner(me.effectiveUid(), me.effectiveGid());
    folder.done();
  }

  private Entry run(CommandOutput command, ContentWriter writer, Optional<Entry> before) {
    observer.reading(command.path());
    try (CommandRun run =
        CommandRun.start(
            command, cancellation, line -> observer.commandSays(command.name(), line))) {
      Instant start = Instant.now();
      ContentWriter.Stored stored = writer.file(run, 0, Holes.NONE);
      run.finish();
      Body body = new Body.RegularFile(stored.size(), stored.recipe());
      Entry entry = new Entry(FileName.of(command.name()), metadata(FILE_MODE, start), body, 0);
      return before.filter(last -> isSameBut(last, entry)).orElse(entry);
    }
  }

  private static boolean isSameBut(Entry last, Entry now) {
    return last.body().equals(now.body())
        && last.metadata().uid() == now.metadata().uid()
        && last.metadata().gid() == now.metadata().gid();
  }

  private Metadata metadata(int mode, Instant time) {
    return new Metadata(
        mode,
        me.effectiveUid(),
        me.effectiveGid(),
        time.getEpochSecond(),
        time.getNano(),
        List.of());
  }
}
