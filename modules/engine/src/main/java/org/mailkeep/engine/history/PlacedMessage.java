package org.mailkeep.engine.history;

import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/**
 * A message's file at its place in a Maildir.
 *
 * @param base its base name
 * @param place where it is
 * @param entry the file
 */
record PlacedMessage(FileName base, MessagePlace place, Entry entry) {

  /** The message that is at this path; empty where it is no message of this Maildir. */
  static Optional<PlacedMessage> of(RawPath maildir, RawPath path, Entry entry) {
    int above = maildir.equals(RawPath.ROOT) ? 0 : maildir.names().size();
    List<FileName> names = path.names();
    List<FileName> below = names.subList(Math.min(above, names.size()), names.size());
    boolean inFolder = below.size() == 3 && MaildirFolder.isFolderName(below.getFirst());
    if (below.size() != 2 && !inFolder) {
      return Optional.empty();
    }
    FileName half = below.get(below.size() - 2);
    if (!half.equals(MaildirNames.NEW) && !half.equals(MaildirNames.CUR)) {
      return Optional.empty();
    }
    return of(
        inFolder ? below.getFirst() : MessagePlace.INBOX, half.equals(MaildirNames.NEW), entry);
  }

  /** The message that stands in a folder; empty where it is none. */
  static Optional<PlacedMessage> of(FileName folder, boolean fresh, Entry entry) {
    if (!(entry.body() instanceof Body.RegularFile) || !MessageName.isMessage(entry.name())) {
      return Optional.empty();
    }
    MessageName name = MessageName.of(entry.name());
    MessagePlace place = new MessagePlace(folder, fresh, name.flags());
    return Optional.of(new PlacedMessage(name.baseName(), place, entry));
  }

  Body.RegularFile file() {
    return (Body.RegularFile) entry.body();
  }
}
