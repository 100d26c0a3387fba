package org.mailkeep.engine.mailbox;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mailkeep.engine.mailbox.MailStore.Folder;
import org.mailkeep.mail.mailbox.MailAddress;
import org.mailkeep.mail.mailbox.MailboxPath;
import org.mailkeep.mail.mailbox.VpasswdFile;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

/**
 * Finds mailboxes by structure: by {@code users/assign} and {@code vpasswd} where the store has
 * them, else as {@link MailboxPath} says, else any Maildir by its path. For one thread.
 */
public final class Mailboxes {

  private static final RawPath ASSIGN = RawPath.of("/var/qmail/users/assign");
  private static final FileName VPASSWD = FileName.of("vpasswd");

  private final MailStore store;
  private final AssignFile assign;
  private final Map<RawPath, String> domains = new HashMap<>();

  private Mailboxes(MailStore store, AssignFile assign) {
    this.store = store;
    this.assign = assign;
    assign
        .domains()
        .forEach(domain -> domains.put(RawPath.of(domain.directory()), domain.realName()));
  }

  /** Those of this store. */
  public static Mailboxes of(MailStore store) {
    return new Mailboxes(store, store.file(ASSIGN).map(AssignFile::of).orElse(AssignFile.EMPTY));
  }

  /**
   * The mailbox that somebody means.
   *
   * @param text user@domain, or the absolute path of a Maildir or of the directory that it is in
   * @throws NotFoundException where there is none
   * @throws UsageException where the text is neither, or means several
   */
  public Mailbox find(String text) {
    if (text.startsWith("/")) {
      RawPath path = RawPath.of(text);
      return store
          .folder(path)
          .flatMap(Mailboxes::maildir)
          .map(this::named)
          .orElseThrow(() -> missing(path + " is no Maildir"));
    }
    MailAddress address =
        MailAddress.parse(text)
            .orElseThrow(
                () ->
                    new UsageException(
                        "'" + RawText.display(text) + "' names no mailbox",
                        "Write user@domain, or the path of a Maildir, from the root on."));
    return find(address).orElseThrow(() -> missing("There is no mailbox " + RawText.display(text)));
  }

  private static NotFoundException missing(String what) {
    return new NotFoundException(
        what, "See which there are with 'mailkeep mailbox list', or name a Maildir by its path.");
  }

  /** The mailbox of an address, if there is one. */
  public Optional<Mailbox> find(MailAddress address) {
    return findAssigned(address).or(() -> search(address));
  }

  /** As {@link #find(MailAddress)}, but only where users/assign has the domain: a quick look. */
  public Optional<Mailbox> findAssigned(MailAddress address) {
    return assign
        .domain(address.domain())
        .flatMap(domain -> store.folder(RawPath.of(domain.directory())))
        .flatMap(folder -> inDomain(folder, address));
  }

  /**
   * Where a mailbox of another store is here: where vpopmail's files say, else where it is there.
   */
  public RawPath locate(Mailbox elsewhere) {
    return elsewhere
        .address()
        .flatMap(this::findAssigned)
        .map(Mailbox::path)
        .orElse(elsewhere.path());
  }

  /** The only one anywhere in the store. */
  private Optional<Mailbox> search(MailAddress address) {
    Map<RawPath, Mailbox> found = new LinkedHashMap<>();
    store.folder(RawPath.ROOT).ifPresent(root -> search(root, address, found));
    if (found.size() > 1) {
      throw new UsageException(
          address + " may be one of " + found.size() + " mailboxes",
          "Name one by its path: "
              + found.keySet().stream().map(RawPath::toString).collect(Collectors.joining(", ")));
    }
    return found.values().stream().findFirst();
  }

  private void search(Folder folder, MailAddress address, Map<RawPath, Mailbox> found) {
    if (folder.isMaildir()) {
      return;
    }
    for (FileName name : folder.directories()) {
      Optional<Folder> below = folder.child(name);
      if (name.text().toLowerCase(Locale.ROOT).equals(address.domain())) {
        below
            .flatMap(domain -> inDomain(domain, address))
            .ifPresent(mailbox -> found.put(mailbox.path(), mailbox));
      }
      below.ifPresent(child -> search(child, address, found));
    }
  }

  private static Optional<Mailbox> inDomain(Folder domain, MailAddress address) {
    Optional<Folder> listed =
        domain
            .read(VPASSWD)
            .map(VpasswdFile::of)
            .flatMap(file -> file.directory(address.user()))
            .flatMap(directory -> userFolder(domain, directory));
    return listed
        .or(() -> hashed(domain, address.user(), MailboxPath.MOST_HASH_LEVELS))
        .flatMap(Mailboxes::maildir)
        .map(maildir -> new Mailbox(Optional.of(address), maildir.path()));
  }

  private static Optional<Folder> userFolder(Folder domain, RawPath directory) {
    Optional<RawPath> below = VpasswdFile.below(lastName(domain), directory);
    Optional<Folder> at = below.map(_ -> domain);
    for (FileName name : below.map(RawPath::names).orElse(List.of())) {
      at = at.flatMap(folder -> folder.child(name));
    }
    return at;
  }

  /** A user's folder in a domain, or in a folder of one character in it. */
  private static Optional<Folder> hashed(Folder in, String user, int levels) {
    for (FileName name : in.directories()) {
      if (name.text().toLowerCase(Locale.ROOT).equals(user)
          && in.child(name).flatMap(Mailboxes::maildir).isPresent()) {
        return in.child(name);
      }
    }
    for (FileName name : levels > 0 ? in.directories() : List.<FileName>of()) {
      if (MailboxPath.isHash(name)) {
        Optional<Folder> found = in.child(name).flatMap(below -> hashed(below, user, levels - 1));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The Maildir that a folder is, or has in it. */
  private static Optional<Folder> maildir(Folder folder) {
    if (folder.isMaildir()) {
      return Optional.of(folder);
    }
    return MailboxPath.MAILDIR_NAMES.stream()
        .flatMap(name -> folder.child(name).stream())
        .filter(Folder::isMaildir)
        .findFirst();
  }

  /** A Maildir with the name that its domain gives it. */
  private Mailbox named(Folder maildir) {
    RawPath path = maildir.path();
    RawPath above = path.parent();
    for (int i = 0; i <= MailboxPath.MOST_HASH_LEVELS + 1 && !above.equals(RawPath.ROOT); i++) {
      Optional<Domain> domain = store.folder(above).flatMap(this::domain);
      if (domain.isPresent()) {
        return domain.get().mailbox(path);
      }
      above = above.parent();
    }
    return new Mailbox(MailboxPath.address(path), path);
  }

  /** Goes through all mailboxes, in the order of paths. */
  public void forEach(Consumer<Mailbox> visitor) {
    store.folder(RawPath.ROOT).ifPresent(root -> walk(root, Optional.empty(), visitor));
  }

  private void walk(Folder folder, Optional<Domain> within, Consumer<Mailbox> visitor) {
    if (folder.isMaildir()) {
      visitor.accept(
          within
              .map(domain -> domain.mailbox(folder.path()))
              .orElseGet(() -> new Mailbox(MailboxPath.address(folder.path()), folder.path())));
      return;
    }
    Optional<Domain> domain = domain(folder).or(() -> within);
    for (FileName name : folder.directories()) {
      folder.child(name).ifPresent(child -> walk(child, domain, visitor));
    }
  }

  /** The domain whose folder this is, where vpopmail's files say so. */
  private Optional<Domain> domain(Folder folder) {
    Optional<byte[]> vpasswd = folder.read(VPASSWD);
    if (vpasswd.isEmpty() || folder.path().names().isEmpty()) {
      return Optional.empty();
    }
    Map<RawPath, String> users = new HashMap<>();
    VpasswdFile.of(vpasswd.get())
        .forEach(
            (user, directory) ->
                VpasswdFile.below(lastName(folder), directory)
                    .ifPresent(below -> users.put(folder.path().resolve(below), user)));
    String name = domains.getOrDefault(folder.path(), lastName(folder).text());
    return Optional.of(new Domain(name, users));
  }

  private static FileName lastName(Folder folder) {
    return folder.path().names().getLast();
  }

  /**
   * A domain of vpopmail.
   *
   * @param users who has which directory
   */
  private record Domain(String name, Map<RawPath, String> users) {

    /** A Maildir in its folder; that of no user has only its path. */
    Mailbox mailbox(RawPath maildir) {
      Optional<String> user =
          Optional.ofNullable(users.get(maildir.parent()))
              .or(() -> Optional.ofNullable(users.get(maildir)));
      return new Mailbox(user.map(found -> new MailAddress(found, name)), maildir);
    }
  }
}
