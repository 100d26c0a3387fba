package org.mailkeep.benchmarks.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a planned store below a folder, the way vpopmail lays it out. */
final class Store {

  /** vpopmail's uid and gid. */
  private static final String OWNER = "89:89";

  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OPEN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private final Path top;
  private final Plan plan;
  private final MessageSource source;
  private final String[] names;
  private final AtomicLong bytes = new AtomicLong();

  Store(Path top, Plan plan, MessageSource source) {
    this.top = top;
    this.plan = plan;
    this.source = source;
    this.names = new String[plan.deliveries().size()];
  }

  /** Writes everything and returns the bytes of all messages. */
  long write() throws IOException {
    makeFolders();
    deliverAll();
    controlFiles();
    giveTo(top);
    return bytes.get();
  }

  private void makeFolders() throws IOException {
    Set<String> outer = new TreeSet<>(Set.of("home/vpopmail/domains", "var/qmail/control"));
    plan.mailboxes()
        .forEach(box -> outer.add(box.home().substring(0, box.home().lastIndexOf('/'))));
    for (String folder : outer) {
      Files.createDirectories(top.resolve(folder), OPEN_FOLDER);
    }
    for (Plan.Mailbox mailbox : plan.mailboxes()) {
      Files.createDirectory(top.resolve(mailbox.home()), PRIVATE_FOLDER);
      for (String folder : folders()) {
        Path maildir = maildir(mailbox, folder);
        Files.createDirectory(maildir, PRIVATE_FOLDER);
        for (String part : List.of("cur", "new", "tmp")) {
          Files.createDirectory(maildir.resolve(part), PRIVATE_FOLDER);
        }
      }
    }
  }

  private List<String> folders() {
    List<String> folders = new ArrayList<>(List.of(""));
    folders.addAll(plan.workload().folders());
    return folders;
  }

  private Path maildir(Plan.Mailbox mailbox, String folder) {
    return top.resolve(mailbox.home()).resolve("Maildir").resolve(folder);
  }

  /** One thread for each core; each takes the next delivery, so files appear in order of date. */
  private void deliverAll() throws IOException {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(() -> deliverFrom(next));
      thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      joined(thread);
    }
    if (!failures.isEmpty()) {
      throw new IOException("could not write the store below " + top, failures.getFirst());
    }
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while writing the store", stopped);
    }
  }

  private void deliverFrom(AtomicInteger next) {
    int number;
    while ((number = next.getAndIncrement()) < names.length) {
      Plan.Delivery delivery = plan.deliveries().get(number);
      Plan.Mailbox mailbox = plan.mailboxes().get(delivery.mailbox());
      byte[] message = message(source, mailbox, delivery);
      String name = name(delivery, message.length);
      names[number] = name;
      Path folder = maildir(mailbox, delivery.folder());
      Path file =
          delivery.isNew()
              ? folder.resolve("new").resolve(name)
              : folder.resolve("cur").resolve(name + ":2," + delivery.flags());
      try {
        writeFile(file, message, delivery.date());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      bytes.addAndGet(message.length);
    }
  }

  /** What vdelivermail writes: its own lines, those of qmail, then the message that all get. */
  static byte[] message(MessageSource source, Plan.Mailbox mailbox, Plan.Delivery delivery) {
    SplittableRandom random = Seeds.stream(mailbox.home(), delivery.message());
    String end = source.lineEnd();
    Bytes out = new Bytes(16_384);
    String date = Headers.date(delivery.date());
    out.add(
        "Return-Path: <bounce-"
            + delivery.message()
            + "-"
            + mailbox.user()
            + "="
            + mailbox.domain()
            + "@"
            + Headers.host(random)
            + ">"
            + end);
    out.add("Delivered-To: " + mailbox.user() + "@" + mailbox.domain() + end);
    out.add("Received: (qmail " + delivery.pid() + " invoked by uid 89); " + date + end);
    out.add(
        "Received: from unknown (HELO "
            + Headers.host(random)
            + ") ("
            + Headers.address(random)
            + ")"
            + end);
    out.add("  by mx1.example.org with SMTP; " + date + end);
    // The rest is older than its first copy here and the same for all.
    source.add(out, delivery.message(), dateOfMessage(delivery));
    return out.toArray();
  }

  /** The same for every copy, whenever that one was delivered. */
  private static long dateOfMessage(Plan.Delivery delivery) {
    return 1_704_000_000 + delivery.message() * 300;
  }

  static String name(Plan.Delivery delivery, int size) {
    return delivery.date() + "." + delivery.pid() + ".mx1.example.org,S=" + size;
  }

  static void writeFile(Path file, byte[] content, long date) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, PRIVATE_FILE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    Files.setLastModifiedTime(file, FileTime.from(date, TimeUnit.SECONDS));
  }

  private void controlFiles() throws IOException {
    List<Plan.Mailbox> mailboxes = plan.mailboxes();
    List<List<Integer>> received = new ArrayList<>();
    mailboxes.forEach(_ -> received.add(new ArrayList<>()));
    for (int i = 0; i < names.length; i++) {
      received.get(plan.deliveries().get(i).mailbox()).add(i);
    }
    for (int i = 0; i < mailboxes.size(); i++) {
      mailboxFiles(mailboxes.get(i), received.get(i));
    }
    domainFiles();
  }

  private void mailboxFiles(Plan.Mailbox mailbox, List<Integer> received) throws IOException {
    for (String folder : folders()) {
      StringBuilder list = new StringBuilder("3 V1704067200 N" + (received.size() + 1) + " G");
      list.append(Headers.token(Seeds.stream(mailbox.home() + folder, 1), 32)).append('\n');
      int uid = 1;
      for (int number : received) {
        if (plan.deliveries().get(number).folder().equals(folder)) {
          list.append(uid).append(" :").append(names[number]).append('\n');
        }
        uid++;
      }
      control(maildir(mailbox, folder).resolve("dovecot-uidlist"), list.toString());
      if (!folder.isEmpty()) {
        control(maildir(mailbox, folder).resolve("maildirfolder"), "");
      }
    }
    Path maildir = maildir(mailbox, "");
    control(maildir.resolve("dovecot-keywords"), "0 $Label1\n1 NonJunk\n");
    control(maildir.resolve("subscriptions"), "Sent\nTrash\n");
    control(maildir.resolve("maildirsize"), "1000000000S\n" + received.size() * 9000L + " 1\n");
    control(top.resolve(mailbox.home()).resolve("lastauth"), "192.0.2.7");
  }

  private void domainFiles() throws IOException {
    Set<String> domains = new TreeSet<>();
    plan.mailboxes().forEach(box -> domains.add(box.domain()));
    for (String domain : domains) {
      Path folder = top.resolve("home/vpopmail/domains").resolve(domain);
      StringBuilder accounts = new StringBuilder();
      for (Plan.Mailbox box : plan.mailboxes()) {
        if (box.domain().equals(domain)) {
          accounts.append(box.user()).append(":$1$salt$word:1:0:").append(box.user());
          accounts.append(":/").append(box.home()).append(":NOQUOTA\n");
        }
      }
      control(folder.resolve("vpasswd"), accounts.toString());
      control(folder.resolve(".qmail-default"), "| /home/vpopmail/bin/vdelivermail '' delete\n");
    }
    Path settings = top.resolve("var/qmail/control");
    control(settings.resolve("me"), "mx1.example.org\n");
    control(settings.resolve("rcpthosts"), String.join("\n", domains) + "\n");
    control(settings.resolve("virtualdomains"), String.join("\n", domains) + "\n");
  }

  private static void control(Path file, String text) throws IOException {
    writeFile(file, text.getBytes(StandardCharsets.US_ASCII), 1_767_000_000);
  }

  /** Hands a tree to vpopmail. One process for all of it; without the right to, it stays ours. */
  static void giveTo(Path tree) throws IOException {
    if (!System.getProperty("user.name", "").equals("root")) {
      return;
    }
    Process chown = new ProcessBuilder("chown", "-hR", OWNER, tree.toString()).inheritIO().start();
    try {
      if (chown.waitFor() != 0) {
        throw new IOException("could not give " + tree + " to " + OWNER);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while giving " + tree + " to " + OWNER, stopped);
    }
  }
}
