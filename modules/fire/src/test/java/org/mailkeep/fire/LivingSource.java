package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mailkeep.model.ByteString;
import org.mailkeep.testkit.mail.MailEvent;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A source that changes as fast as one thread can change it: mail comes, is flagged, moves and
 * goes, and some messages, which stay for ever, change their flags all the time.
 */
final class LivingSource {

  private static final int STAYING = 30;
  private static final int MOST_MESSAGES = 400;

  /** So many that went may still be in the newest snapshot: they go for minutes meanwhile. */
  private static final int REMEMBERED = 50_000;

  private final MailTree mail;
  private final Path folder;
  private final Map<String, ByteString> contents = new ConcurrentHashMap<>();
  private final Deque<String> gone = new ArrayDeque<>();
  private final AtomicLong events = new AtomicLong();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> life;
  private volatile boolean ends;

  /** One in this folder, which is alive at once. */
  LivingSource(Path root, long seed) throws IOException {
    mail = MailTree.create(root, seed, 1, 2);
    for (int i = 0; i < 40; i++) {
      remember(mail.deliver());
    }
    folder = mail.mailboxes().getFirst().resolve("cur");
    for (int i = 0; i < STAYING; i++) {
      Files.writeString(folder.resolve("stay" + i + ".mx:2,"), "message that stays " + i);
    }
    life = thread.submit(this::live);
  }

  private void remember(MailEvent.Delivered delivered) throws IOException {
    for (Path file : delivered.files()) {
      contents.put(base(file), digest(file));
    }
  }

  private static ByteString digest(Path file) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteString.of(sha256.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void forget(MailEvent.Deleted deleted) {
    gone.add(base(deleted.file()));
    if (gone.size() > REMEMBERED) {
      String oldest = gone.remove();
      if (mail.messages().stream().noneMatch(file -> base(file).equals(oldest))) {
        contents.remove(oldest);
      }
    }
  }

  private static String base(Path file) {
    String name = file.getFileName().toString();
    int end = name.indexOf(':');
    return end < 0 ? name : name.substring(0, end);
  }

  private void live() {
    String flags = "";
    try {
      for (int i = 0; !ends; i++) {
        if (mail.messages().size() < MOST_MESSAGES && i % 3 == 0) {
          remember(mail.deliver());
        } else if (mail.messages().size() >= MOST_MESSAGES) {
          forget(mail.delete());
        } else {
          Object _ = i % 2 == 0 ? mail.flag() : mail.move();
        }
        if (i % STAYING == 0) {
          flags = flags(flags);
        }
        events.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All messages that stay get other flags, each by a rename. */
  private String flags(String before) throws IOException {
    String after = before.isEmpty() ? "S" : "";
    for (int i = 0; i < STAYING; i++) {
      String base = "stay" + i + ".mx:2,";
      Files.move(folder.resolve(base + before), folder.resolve(base + after));
    }
    return after;
  }

  Path root() {
    return mail.root();
  }

  /** How much has happened. */
  long events() {
    return events.get();
  }

  /** Each message in a restored copy is one that was there, whole; what stays is there once. */
  void requireMessages(Path restored) throws IOException {
    Map<String, Integer> staying = new HashMap<>();
    try (Stream<Path> files = Files.walk(restored)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String parent = file.getName(file.getNameCount() - 2).toString();
        String base = base(file);
        if (base.startsWith("stay")) {
          assertThat(file).hasContent("message that stays " + base.replaceAll("\\D", ""));
          staying.merge(base, 1, Integer::sum);
        } else if (parent.equals("cur") || parent.equals("new")) {
          assertThat(digest(file)).as("%s", file).isEqualTo(contents.get(base));
        }
      }
    } catch (NoSuchFileException e) {
      throw new AssertionError("nothing was restored", e);
    }
    assertThat(staying).hasSize(STAYING).allSatisfy((_, count) -> assertThat(count).isOne());
  }

  /** Ends it; what is there stays as it is. */
  void end() {
    ends = true;
    thread.close();
  }

  /** Fails if it has ended by itself. */
  void requireEndedInPeace() throws Exception {
    Object _ = life.get();
  }
}
