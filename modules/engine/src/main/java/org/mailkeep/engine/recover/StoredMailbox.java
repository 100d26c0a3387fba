package org.mailkeep.engine.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.browse.SnapshotTree.Found;
import org.mailkeep.engine.mailbox.MailFolder;
import org.mailkeep.engine.mailbox.Mailbox;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** A mailbox as a snapshot has it. For one thread. */
public final class StoredMailbox {

  /**
   * A folder with what is in it.
   *
   * @param name what people call it
   * @param directory its directory
   */
  public record Folder(FolderName name, Found directory) {

    /** The name of its directory in the Maildir; empty for the INBOX. */
    public FileName key() {
      return name.isInbox() ? FileName.of("") : directory.entry().name();
    }
  }

  private final SnapshotStore store;
  private final Mailbox mailbox;
  private final List<Folder> folders = new ArrayList<>();

  /** The mailbox of this store. */
  public StoredMailbox(SnapshotStore store, Mailbox mailbox) {
    this.store = store;
    this.mailbox = mailbox;
    for (MailFolder folder : mailbox.folders(store)) {
      store
          .server()
          .find(folder.path())
          .ifPresent(found -> folders.add(new Folder(folder.name(), found)));
    }
  }

  /** Whose it is, and where. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Where its Maildir is in the snapshot. */
  public RawPath path() {
    return folders.getFirst().directory().path();
  }

  /** Its folders, the INBOX first. */
  public List<Folder> folders() {
    return List.copyOf(folders);
  }

  /** The folder whose directory has this name; the INBOX's is empty. */
  public Optional<Folder> folder(FileName key) {
    return folders.stream().filter(folder -> folder.key().equals(key)).findFirst();
  }

  /** The names of its folders, the INBOX first. */
  public List<FolderName> folderNames() {
    return folders.stream().map(Folder::name).toList();
  }

  private SnapshotTree tree() {
    return store.server().snapshot();
  }

  /** Goes through the messages of a folder, the seen ones first, each half by name. */
  public void forEach(Folder folder, Cancellation cancellation, Consumer<StoredMessage> visitor) {
    for (FileName part : List.of(MaildirNames.CUR, MaildirNames.NEW)) {
      Optional<Found> found = tree().child(folder.directory(), part);
      if (found.isPresent() && found.get().entry().body() instanceof Body.Directory directory) {
        for (Entry entry : tree().entries(directory)) {
          cancellation.check();
          message(folder, part.equals(MaildirNames.NEW), entry).ifPresent(visitor);
        }
      }
    }
  }

  /** The message with this name, in {@code new} or in {@code cur}. */
  Optional<StoredMessage> find(Folder folder, boolean isNew, FileName name) {
    return tree()
        .child(folder.directory(), isNew ? MaildirNames.NEW : MaildirNames.CUR)
        .flatMap(part -> tree().child(part, name))
        .flatMap(found -> message(folder, isNew, found.entry()));
  }

  private static Optional<StoredMessage> message(Folder folder, boolean isNew, Entry entry) {
    return entry.body() instanceof Body.RegularFile file && MessageName.isMessage(entry.name())
        ? Optional.of(new StoredMessage(folder.name(), isNew, entry, file.recipe()))
        : Optional.empty();
  }

  /** The number of messages in a folder, as its directories say without being read. */
  public long count(Folder folder) {
    return Stream.of(MaildirNames.CUR, MaildirNames.NEW)
        .flatMap(part -> tree().child(folder.directory(), part).stream())
        .mapToLong(found -> found.entry().files())
        .sum();
  }

  /** The message with this base name, whatever its flags. */
  public Optional<StoredMessage> find(Folder folder, FileName base) {
    for (FileName part : List.of(MaildirNames.CUR, MaildirNames.NEW)) {
      Optional<Found> found = tree().child(folder.directory(), part);
      if (found.isPresent() && found.get().entry().body() instanceof Body.Directory directory) {
        for (Entry entry : tree().entries(directory)) {
          if (MessageName.sameBase(entry.name(), base)) {
            return message(folder, part.equals(MaildirNames.NEW), entry);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The content of a file beside the messages of a folder, if it has one and that is small. */
  Optional<byte[]> read(Folder folder, FileName name, int largest) {
    return tree()
        .child(folder.directory(), name)
        .flatMap(found -> store.server().read(found, largest));
  }
}
