package org.mailkeep.engine.recover;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;

/**
 * Which names and folders messages had: on disk, for a mailbox may have any number. A message that
 * was moved or flagged since is the same file, and gets them back without being read. Were it
 * written a second time first, its server would find one base name twice. For one thread.
 */
final class RenamingTable implements AutoCloseable {

  private static final byte THEN = 'T';
  private static final byte NOW = 'N';

  private final TemporaryState state = TemporaryState.create();
  private List<StoredMailbox.Folder> folders = List.of();

  private StateDatabase database() {
    return state.database();
  }

  private SortSpace space() {
    return SortSpace.in(database().folder());
  }

  private static byte[] key(byte kind, int folder, FileName base) {
    return ByteBuffer.allocate(1 + Integer.BYTES + base.length())
        .put(kind)
        .putInt(folder)
        .put(base.bytes())
        .array();
  }

  /**
   * Notes what was there and what is; gives the folders in which something comes back.
   *
   * @param live is only looked at
   */
  Set<FolderName> fill(StoredMailbox stored, LiveMailbox live, Cancellation cancellation) {
    folders = stored.folders();
    TreeMap<String, Integer> numbers = new TreeMap<>();
    for (int i = 0; i < folders.size(); i++) {
      numbers.put(folders.get(i).name().toString(), i);
    }
    live.forEach(
        (folder, _, name) -> {
          @Nullable Integer number = numbers.get(folder.name().toString());
          if (number != null) {
            byte[] key = key(NOW, number, MessageName.of(name).baseName());
            database().put(Table.FACTS, key, new byte[0]);
          }
        },
        cancellation,
        space());
    Set<FolderName> back = new HashSet<>();
    for (int i = 0; i < folders.size(); i++) {
      int number = i;
      if (live.folder(folders.get(i).name()).isEmpty()) {
        back.add(folders.get(i).name());
      }
      stored.forEach(folders.get(i), cancellation, message -> note(number, message, back));
    }
    return back;
  }

  private void note(int folder, StoredMessage message, Set<FolderName> back) {
    FileName base = message.name().baseName();
    byte[] name = message.entry().name().bytes();
    byte[] value =
        ByteBuffer.allocate(Integer.BYTES + 1 + Long.BYTES + name.length)
            .putInt(folder)
            .put((byte) (message.isNew() ? 1 : 0))
            .putLong(message.size())
            .put(name)
            .array();
    database().put(Table.FACTS, key(THEN, 0, base), value);
    if (database().get(Table.FACTS, key(NOW, folder, base)) == null) {
      back.add(message.folder());
    }
  }

  /** Gives live messages the names and folders that they had. */
  void rename(LiveMailbox live, Cancellation cancellation) {
    live.forEach((folder, part, name) -> rename(live, folder, part, name), cancellation, space());
  }

  private void rename(LiveMailbox live, LiveFolder folder, Directory part, FileName name) {
    byte[] value = database().get(Table.FACTS, key(THEN, 0, MessageName.of(name).baseName()));
    if (value == null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(value);
    FolderName there = folders.get(buffer.getInt()).name();
    FileName target = buffer.get() == 1 ? MaildirNames.NEW : MaildirNames.CUR;
    long size = buffer.getLong();
    FileName then = FileName.of(value, buffer.position(), value.length);
    boolean inPlace =
        then.equals(name)
            && there.equals(folder.name())
            && part.path().names().getLast().equals(target);
    Optional<LiveFolder> to = inPlace ? Optional.empty() : live.folder(there);
    if (to.isEmpty() || !hasSize(part, name, size)) {
      return;
    }
    try (Directory opened = to.get().open(live.maildir());
        Directory directory = opened.openDirectory(target)) {
      part.renameNoReplace(name, directory, then);
    } catch (SystemCallException e) {
      // Gone meanwhile, or there already: then the restore puts it right.
      if (!LiveMailbox.isGone(e) && e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  private static boolean hasSize(Directory part, FileName name, long size) {
    return part.statIfPresent(name).map(FileStat::size).equals(Optional.of(size));
  }

  @Override
  public void close() {
    state.close();
  }
}
