package org.mailkeep.benchmarks.workload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A day's changes to a store: new mail, flags and moves, deletions, in a tenth of its mailboxes.
 */
final class Touch {

  /** Far above every number that a store is made with. */
  private static final long NEW_MESSAGES = 100_000_000;

  private static final long FIRST = 1_767_225_600; // 2026-01-01
  private static final int DELIVERED = 214;
  private static final int RENAMED = 392;
  private static final int GONE = 32;
  private static final int FAT_FLAGS = 20;

  private final Path top;
  private final Plan plan;
  private final MessageSource source;
  private final Random random;
  private final long round;
  private long bytes;

  /** Every round makes other changes; the same round on the same store makes the same. */
  Touch(Path top, Plan plan, MessageSource source, int round) {
    this.top = top;
    this.plan = plan;
    this.source = source;
    this.round = round;
    this.random = new Random(4711L + round);
  }

  /** Changes the store and says how. */
  String apply(double share) throws IOException {
    if (plan.workload() == Workload.FAT) {
      return rename(messages(List.of(0)), Plan.scaled(FAT_FLAGS, share)) + " flags changed";
    }
    List<Integer> touched = new ArrayList<>();
    for (int i = 0; i < plan.mailboxes().size(); i++) {
      touched.add(i);
    }
    Collections.shuffle(touched, random);
    touched = touched.subList(0, Plan.scaled(touched.size(), 0.1));
    List<Path> messages = messages(touched);
    int renamed = rename(messages, Plan.scaled(RENAMED, share));
    int gone = remove(messages, Plan.scaled(GONE, share));
    int delivered = deliver(touched, Plan.scaled(DELIVERED, share));
    return "%d mailboxes: %d new (%d bytes), %d renamed, %d gone"
        .formatted(touched.size(), delivered, bytes, renamed, gone);
  }

  /** Every message of these mailboxes, shuffled. */
  private List<Path> messages(List<Integer> mailboxes) throws IOException {
    List<Path> messages = new ArrayList<>();
    for (int mailbox : mailboxes) {
      Path maildir = top.resolve(plan.mailboxes().get(mailbox).home()).resolve("Maildir");
      try (Stream<Path> walk = Files.walk(maildir)) {
        walk.filter(Touch::isMessage).sorted().forEach(messages::add);
      }
    }
    Collections.shuffle(messages, random);
    return messages;
  }

  private static boolean isMessage(Path path) {
    Path parent = path.getParent();
    return parent != null && (parent.endsWith("cur") || parent.endsWith("new"));
  }

  /** Takes messages off the list: a flag more or less, or from new to cur. */
  private int rename(List<Path> messages, int count) throws IOException {
    int renamed = 0;
    while (renamed < count && !messages.isEmpty()) {
      Path message = messages.removeLast();
      String name = String.valueOf(message.getFileName());
      int suffix = name.indexOf(":2,");
      Path renamedTo =
          suffix < 0
              ? message.resolveSibling("../cur/" + name + ":2,S").normalize()
              : message.resolveSibling(name.substring(0, suffix) + toggled(name.substring(suffix)));
      Files.move(message, renamedTo);
      renamed++;
    }
    return renamed;
  }

  private String toggled(String suffix) {
    String flag = random.nextBoolean() ? "F" : "R";
    return suffix.contains(flag) ? suffix.replace(flag, "") : ":2," + sorted(suffix + flag);
  }

  private static String sorted(String flags) {
    char[] letters = flags.substring(3).toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  private static int remove(List<Path> messages, int count) throws IOException {
    int gone = 0;
    while (gone < count && !messages.isEmpty()) {
      Files.delete(messages.removeLast());
      gone++;
    }
    return gone;
  }

  private int deliver(List<Integer> mailboxes, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int number = mailboxes.get(i % mailboxes.size());
      Plan.Mailbox mailbox = plan.mailboxes().get(number);
      long message = NEW_MESSAGES + round * 1_000_000 + i;
      long date = FIRST + round * 86_400 + i * 60L;
      Plan.Delivery delivery =
          new Plan.Delivery(message, number, "", date, 300 + random.nextInt(32_000), true, "");
      byte[] content = Store.message(source, mailbox, delivery);
      bytes += content.length;
      Path maildir = top.resolve(mailbox.home()).resolve("Maildir");
      String name = Store.name(delivery, content.length);
      Path file = maildir.resolve("new").resolve(name);
      Store.writeFile(file, content, date);
      Store.giveTo(file);
      String line = (1_000_000 + message % 1_000_000) + " :" + name + "\n";
      Files.write(
          maildir.resolve("dovecot-uidlist"),
          line.getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.APPEND);
    }
    return count;
  }
}
