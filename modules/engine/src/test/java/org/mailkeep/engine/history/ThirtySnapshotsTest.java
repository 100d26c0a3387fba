package org.mailkeep.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox lives through thirty snapshots, and a script records what is done to it. */
class ThirtySnapshotsTest {

  private static final int SNAPSHOTS = 30;
  private static final List<String> FOLDERS = List.of("", ".Archive", ".Archive.2026", ".Trash");
  private static final Map<Character, List<String>> WORDS =
      Map.of(
          'S', List.of("read", "unread"),
          'F', List.of("flagged", "unflagged"),
          'R', List.of("answered", "unanswered"),
          'T', List.of("trashed", "untrashed"));

  @TempDir private Path folder;
  private HistoryFixture fixture;
  private Path maildir;
  private final SplittableRandom random = new SplittableRandom(30);

  /** What stands in the mailbox: base name to folder, half and flags. */
  private final Map<String, Spot> mailbox = new TreeMap<>();

  /** The messages that nothing has happened to since the last snapshot. */
  private final List<String> untouched = new ArrayList<>();

  private final List<String> graveyard = new ArrayList<>();
  private final Set<String> script = new TreeSet<>();
  private int delivered;

  private record Spot(String folder, boolean fresh, String flags) {
    String told() {
      String name = folder.isEmpty() ? "INBOX" : folder.substring(1);
      return name + (fresh ? "*" : "") + ":" + flags;
    }

    Path in(Path maildir, String base) {
      Path half = maildir.resolve(folder).resolve(fresh ? "new" : "cur");
      return half.resolve(fresh ? base : base + ":2," + flags);
    }
  }

  @BeforeEach
  void makeMailbox() throws IOException {
    fixture = new HistoryFixture(folder);
    maildir = fixture.mailbox("anna", ".Archive", ".Archive.2026", ".Trash");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_log_tells_exactly_what_was_done() throws IOException {
    live();
    assertThat(fixture.log("anna@example.com")).containsExactlyInAnyOrderElementsOf(script);
    fixture.repository().loseState();
    fixture.update();
    assertThat(fixture.log("anna@example.com"))
        .as("made anew from the repository")
        .containsExactlyInAnyOrderElementsOf(script);
  }

  @Test
  void a_history_that_lags_catches_up_with_the_same_story() throws IOException {
    liveWithoutHistory();
    assertThat(fixture.isBehind()).isTrue();
    fixture.update();
    assertThat(fixture.isBehind()).isFalse();
    assertThat(fixture.log("anna@example.com")).containsExactlyInAnyOrderElementsOf(script);
  }

  private void live() throws IOException {
    for (int snapshot = 0; snapshot < SNAPSHOTS; snapshot++) {
      day(snapshot);
      fixture.snapshot();
    }
  }

  private void liveWithoutHistory() throws IOException {
    for (int snapshot = 0; snapshot < SNAPSHOTS; snapshot++) {
      day(snapshot);
      if (snapshot % 7 == 0) {
        fixture.snapshot();
      } else {
        fixture.snapshotWithoutHistory();
      }
    }
  }

  /** No message twice, so that each snapshot shows every single thing that was done. */
  private void day(int snapshot) throws IOException {
    untouched.clear();
    untouched.addAll(mailbox.keySet());
    Collections.shuffle(untouched, new java.util.Random(random.nextLong()));
    Set<String> before = new HashSet<>(graveyard);
    for (int left = snapshot == 0 ? 12 : random.nextInt(9); left > 0; left--) {
      switch (snapshot == 0 ? 0 : random.nextInt(8)) {
        case 0, 1 -> deliver(snapshot);
        case 2 -> notice(snapshot);
        case 3, 4 -> flag(snapshot);
        case 5 -> move(snapshot);
        case 6 -> delete(snapshot);
        default -> bringBack(snapshot, before);
      }
    }
  }

  private void deliver(int snapshot) throws IOException {
    String base = (1_800_000_000 + ++delivered * 60) + ".M" + delivered + "P7.mx";
    Spot spot = new Spot("", true, "");
    HistoryFixture.put(spot.in(maildir, base), message(base));
    mailbox.put(base, spot);
    String word = snapshot == 0 ? "found" : "delivered";
    script.add(snapshot + " " + word + " - " + spot.told() + " " + base);
  }

  private static String message(String base) {
    return "Message-ID: <" + base + ">\nSubject: Message " + base + "\n\nText of " + base + "\n";
  }

  private void notice(int snapshot) throws IOException {
    for (String base : untouched) {
      Spot spot = spot(base);
      if (spot.fresh()) {
        rename(snapshot, base, new Spot(spot.folder(), false, ""), "noticed");
        return;
      }
    }
  }

  private void flag(int snapshot) throws IOException {
    if (untouched.isEmpty()) {
      return;
    }
    String base = untouched.getFirst();
    char flag = "SFRT".charAt(random.nextInt(4));
    TreeSet<Character> flags = new TreeSet<>();
    spot(base).flags().chars().forEach(c -> flags.add((char) c));
    boolean set = flags.add(flag);
    if (!set) {
      flags.remove(flag);
    }
    StringBuilder text = new StringBuilder();
    flags.forEach(text::append);
    Spot to = new Spot(spot(base).folder(), false, text.toString());
    rename(snapshot, base, to, Objects.requireNonNull(WORDS.get(flag)).get(set ? 0 : 1));
  }

  private void move(int snapshot) throws IOException {
    if (untouched.isEmpty()) {
      return;
    }
    String base = untouched.getFirst();
    Spot from = spot(base);
    List<String> targets = new ArrayList<>(FOLDERS);
    targets.remove(from.folder());
    String target = targets.get(random.nextInt(targets.size()));
    rename(snapshot, base, new Spot(target, false, from.flags()), "moved");
  }

  private void delete(int snapshot) throws IOException {
    if (!untouched.isEmpty()) {
      String base = untouched.removeFirst();
      Spot spot = spot(base);
      Files.delete(spot.in(maildir, base));
      mailbox.remove(base);
      graveyard.add(base);
      script.add(snapshot + " deleted " + spot.told() + " - " + base);
    }
  }

  private void bringBack(int snapshot, Set<String> before) throws IOException {
    for (String base : List.copyOf(graveyard)) {
      if (before.contains(base)) {
        Spot spot = new Spot(".Archive", false, "S");
        HistoryFixture.put(spot.in(maildir, base), message(base));
        mailbox.put(base, spot);
        graveyard.remove(base);
        script.add(snapshot + " returned - " + spot.told() + " " + base);
        return;
      }
    }
  }

  private Spot spot(String base) {
    return java.util.Objects.requireNonNull(mailbox.get(base));
  }

  private void rename(int snapshot, String base, Spot to, String word) throws IOException {
    Spot from = spot(base);
    Files.move(from.in(maildir, base), to.in(maildir, base));
    mailbox.put(base, to);
    untouched.remove(base);
    script.add(snapshot + " " + word + " " + from.told() + " " + to.told() + " " + base);
  }
}
