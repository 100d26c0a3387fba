package org.mailkeep.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.mail.MailTree;

/**
 * Every kind of object is damaged in every way: a bit flips, the end is missing, two objects of the
 * kind change places, one has the bytes of an older one, one is gone. Whatever it is, a restore
 * gives back no wrong file, and all files but those that the check names.
 */
class RotTableTest {

  private static final List<String> KINDS =
      List.of("mailkeep-repository", "keys", "index", "snapshots", "packs", "parity");

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private final Map<String, Map<String, String>> images = new TreeMap<>();
  private int restores;

  /** What came of some damage. */
  private static final class Tally {
    private int tried;
    private int found;
    private int mended;
    private int harmless;
  }

  @BeforeEach
  void create() throws IOException {
    source = temp.resolve("source");
    MailTree mail = MailTree.create(source, 8, 1, 1);
    Object _ = mail.deliver(6);
    byte[] noise = new byte[30_000];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    backup();
    repository.repository().paritySetting().set(OptionalInt.of(10));
    Object _ = mail.deliver(6);
    Files.writeString(source.resolve("later"), "later");
    backup();
  }

  private void backup() {
    Snapshot snapshot = repository.backup(source).snapshot();
    Map<String, String> image = new TreeMap<>(TreeImage.of(source));
    image.remove(".");
    images.put(snapshot.id().toString(), image);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void no_damage_gives_back_wrong_files_and_all_that_matters_is_found() throws IOException {
    rot(3, 1);
  }

  @Test
  @Tag("slow")
  void no_damage_at_all_gives_back_wrong_files_and_all_that_matters_is_found() throws IOException {
    rot(60, 12);
  }

  private void rot(int flips, int cuts) throws IOException {
    Map<String, Tally> table = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(7);
    for (String kind : KINDS) {
      List<ObjectName> names =
          kind.contains("-") ? List.of(ObjectName.of(kind)) : repository.objects(kind);
      for (ObjectName name : names) {
        byte[] whole = repository.storage().get(name);
        for (int i = 0; i < flips; i++) {
          byte[] flipped = whole.clone();
          flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
          rot(table, kind + ", a bit flips", Map.of(name, flipped));
        }
        for (int i = 0; i < cuts; i++) {
          byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
          rot(table, kind + ", the end is missing", Map.of(name, cut));
        }
        rot(table, kind + ", gone", Map.of(name, new byte[0]));
      }
      if (names.size() > 1) {
        byte[] first = repository.storage().get(names.getFirst());
        byte[] last = repository.storage().get(names.getLast());
        rot(table, kind + ", two change places", swapped(names, first, last));
        rot(table, kind + ", an older one instead", Map.of(names.getLast(), first));
        rot(table, kind + ", an older one instead", Map.of(names.getFirst(), last));
      }
    }
    print(table);
  }

  private static Map<ObjectName, byte[]> swapped(
      List<ObjectName> names, byte[] first, byte[] last) {
    return Map.of(names.getFirst(), last, names.getLast(), first);
  }

  private static void print(Map<String, Tally> table) {
    System.out.printf("%-44s %6s %6s %7s %9s%n", "damage", "tried", "found", "mended", "harmless");
    table.forEach(
        (damage, tally) ->
            System.out.printf(
                "%-44s %6d %6d %7d %9d%n",
                damage, tally.tried, tally.found, tally.mended, tally.harmless));
  }

  /** Damages, looks at what comes of it, and puts all back. */
  private void rot(Map<String, Tally> table, String what, Map<ObjectName, byte[]> damage)
      throws IOException {
    Map<ObjectName, byte[]> before = new TreeMap<>();
    damage.forEach(
        (name, bytes) -> {
          before.put(name, repository.storage().get(name));
          if (bytes.length == 0) {
            repository.storage().delete(name);
          } else {
            repository.storage().overwrite(name, bytes);
          }
        });
    Tally tally = table.computeIfAbsent(what, _ -> new Tally());
    tally.tried++;
    look(what + " " + damage.keySet(), tally);
    before.forEach(repository.storage()::overwrite);
  }

  private void look(String what, Tally tally) throws IOException {
    if (!opens()) {
      tally.found++;
      return;
    }
    repository.loseState();
    CheckReport report = repository.check(true);
    int missing = restoreAll(what, report);
    if (report.isSound()) {
      assertThat(missing).as("%s: not found", what).isZero();
      tally.harmless++;
    } else {
      tally.found++;
      tally.mended += report.lostCount() == 0 && missing == 0 ? 1 : 0;
    }
  }

  private boolean opens() {
    try {
      Object _ = repository.through(repository.storage());
      return true;
    } catch (MailkeepException e) {
      return false;
    }
  }

  /** Restores all snapshots that open, and says how many files did not come back. */
  private int restoreAll(String what, CheckReport report) throws IOException {
    int missing = 0;
    List<Snapshot> snapshots = repository.repository().snapshots().list(_ -> {});
    // One that is gone altogether was forgotten, as far as anybody can tell (repo-format.md, 11.1).
    missing += repository.objects("snapshots").size() - snapshots.size();
    for (Snapshot snapshot : snapshots) {
      Path target = Files.createDirectory(temp.resolve("restored" + restores++));
      List<String> named = named(snapshot, report);
      try {
        Object _ = repository.restore(snapshot).base(source).to(target);
      } catch (MailkeepException e) {
        assertThat(named).as("%s: nothing comes back: %s", what, e.getMessage()).isNotEmpty();
      }
      Map<String, String> image = new TreeMap<>(TreeImage.of(target));
      image.remove(".");
      Map<String, String> wanted = new TreeMap<>(images.get(snapshot.id().toString()));
      for (Map.Entry<String, String> entry : wanted.entrySet()) {
        String found = image.remove(entry.getKey());
        boolean isNamed =
            named.stream()
                .anyMatch(
                    path -> entry.getKey().equals(path) || entry.getKey().startsWith(path + "/"));
        if (found == null) {
          missing++;
          assertThat(isNamed || named.contains(""))
              .as("%s: %s is missing and not named: %s", what, entry.getKey(), named)
              .isTrue();
        } else if (!entry.getValue().startsWith("directory")) {
          assertThat(found).as("%s: %s", what, entry.getKey()).isEqualTo(entry.getValue());
        }
      }
      assertThat(image.keySet()).as("%s: names that were never there", what).isEmpty();
    }
    return missing;
  }

  /** The lost paths of a snapshot below the source; empty for what is above. */
  private List<String> named(Snapshot snapshot, CheckReport report) {
    List<String> named = new ArrayList<>();
    RawPath root = RawPath.of(source.toString());
    for (CheckReport.LostFile lost : report.lost()) {
      if (lost.snapshot().equals(snapshot.id().shortForm())) {
        String path = lost.path().text();
        named.add(
            path.startsWith(root.text() + "/") ? path.substring(root.text().length() + 1) : "");
      }
    }
    return named;
  }
}
