package org.mailkeep.testkit.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A small vpopmail tree on disk that lives through time as a real one does: messages are linked
 * from {@code tmp} into {@code new}, renamed, and removed, never changed.
 *
 * <p>Names, contents and message times follow from the seed. Times of directories are the real
 * ones. For one thread.
 */
public final class MailTree {

  private final Path root;
  private final SplittableRandom random;
  private final MailGenerator mail;
  private final List<Path> mailboxes = new ArrayList<>();
  private final List<Path> messages = new ArrayList<>();
  private int deliveries;

  private MailTree(Path root, long seed) {
    this.root = root;
    this.random = new SplittableRandom(seed);
    this.mail = new MailGenerator(seed);
  }

  /** Writes a tree of {@code domains} times {@code users} mailboxes without mail. */
  public static MailTree create(Path root, long seed, int domains, int users) throws IOException {
    MailTree tree = new MailTree(root, seed);
    for (int d = 1; d <= domains; d++) {
      Path domain = root.resolve("domains").resolve("d" + d + ".example");
      StringBuilder passwords = new StringBuilder();
      for (int u = 1; u <= users; u++) {
        Path maildir = domain.resolve("user" + u).resolve("Maildir");
        Maildir.create(maildir);
        tree.mailboxes.add(maildir);
        passwords.append("user%d:$1$x:1:0:User %d:%s:NOQUOTA\n".formatted(u, u, maildir));
      }
      Files.writeString(domain.resolve("vpasswd"), passwords);
      Files.writeString(domain.resolve(".qmail-default"), "| vdelivermail '' bounce-no-mailbox\n");
    }
    return tree;
  }

  /** The folder that holds {@code domains}. */
  public Path root() {
    return root;
  }

  /** The Maildirs. */
  public List<Path> mailboxes() {
    return Collections.unmodifiableList(mailboxes);
  }

  /** The message files there are now. */
  public List<Path> messages() {
    return Collections.unmodifiableList(messages);
  }

  /** One message for one to three mailboxes. */
  public MailEvent.Delivered deliver() throws IOException {
    Message message = mail.next("team@d1.example");
    TreeSet<Path> recipients = new TreeSet<>();
    for (int copies = random.nextInt(3) == 0 ? 3 : 1; copies > 0; copies--) {
      recipients.add(mailboxes.get(random.nextInt(mailboxes.size())));
    }
    List<Path> files = new ArrayList<>();
    for (Path mailbox : recipients) {
      files.add(deliver(message, mailbox));
    }
    messages.addAll(files);
    return new MailEvent.Delivered(message, files);
  }

  private Path deliver(Message message, Path mailbox) throws IOException {
    int process = 1000 + ++deliveries;
    byte[] content = message.deliveredTo(address(mailbox), process);
    String name = message.time().getEpochSecond() + "." + process + ".mx.example";
    Path written = Files.write(mailbox.resolve("tmp").resolve(name), content);
    Files.setLastModifiedTime(written, FileTime.from(message.time()));
    Path file = mailbox.resolve("new").resolve(name + ",S=" + content.length);
    Files.createLink(file, written);
    Files.delete(written);
    return file;
  }

  private static String address(Path mailbox) {
    int names = mailbox.getNameCount();
    return mailbox.getName(names - 2) + "@" + mailbox.getName(names - 3);
  }

  /** Some message becomes read, or gets or loses a flag. */
  public MailEvent.Flagged flag() throws IOException {
    int which = random.nextInt(messages.size());
    Path from = messages.get(which);
    String flag = List.of("D", "F", "R", "S", "T").get(random.nextInt(5));
    TreeSet<String> flags = new TreeSet<>(List.of(Maildir.flags(from).split("")));
    if (!flags.remove(flag)) {
      flags.add(flag);
    }
    Path cur = Maildir.folderOf(from).resolve("cur");
    Path to = rename(which, cur.resolve(Maildir.baseName(from) + ":2," + String.join("", flags)));
    return new MailEvent.Flagged(from, to);
  }

  /** Some message goes to another folder of its mailbox, and counts as read there. */
  public MailEvent.Moved move() throws IOException {
    int which = random.nextInt(messages.size());
    Path from = messages.get(which);
    List<Path> targets = new ArrayList<>(List.of(Maildir.mailboxOf(from)));
    Maildir.FOLDERS.forEach(name -> targets.add(Maildir.mailboxOf(from).resolve(name)));
    targets.remove(Maildir.folderOf(from));
    Path folder = targets.get(random.nextInt(targets.size()));
    String name = Maildir.baseName(from) + ":2," + Maildir.flags(from);
    return new MailEvent.Moved(from, rename(which, folder.resolve("cur").resolve(name)));
  }

  private Path rename(int which, Path to) throws IOException {
    Files.move(messages.get(which), to);
    messages.set(which, to);
    return to;
  }

  /** Some message is removed. */
  public MailEvent.Deleted delete() throws IOException {
    Path file = messages.remove(random.nextInt(messages.size()));
    Files.delete(file);
    return new MailEvent.Deleted(file);
  }

  /** So many deliveries. */
  public List<MailEvent> deliver(int count) throws IOException {
    List<MailEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(deliver());
    }
    return events;
  }

  /** So many events of a day: half of them flags, the others deliveries, moves and deletions. */
  public List<MailEvent> live(int count) throws IOException {
    List<MailEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = messages.isEmpty() ? 0 : random.nextInt(10);
      events.add(kind < 3 ? deliver() : kind < 8 ? flag() : kind < 9 ? move() : delete());
    }
    return events;
  }
}
