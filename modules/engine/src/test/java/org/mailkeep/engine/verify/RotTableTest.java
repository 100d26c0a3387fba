package org.mailkeep.engine.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;

/**
 * Every kind of object is damaged in every way. Whatever it is, a restore gives back no wrong file,
 * and all files but those that the check names; and the check names the damage, unless it is one of
 * those that do no harm.
 */
class RotTableTest {

  private static final String SETTING = "parity/setting";
  private static final String CONDEMNED_PACKS = "condemned packs";
  private static final String PACKS_SET_ASIDE = "packs set aside";

  private static final List<String> KINDS =
      List.of(
          "mailkeep-repository",
          "keys",
          "index",
          "snapshots",
          "packs",
          CONDEMNED_PACKS,
          PACKS_SET_ASIDE,
          "parity",
          SETTING,
          "condemned",
          "marks",
          "set-aside");

  /** What a check may keep silent about, by kind and way, and why that does no harm. */
  private static final Map<String, String> HARMLESS =
      Map.ofEntries(
          Map.entry("keys, gone", "as if the slot had been removed: others open"),
          Map.entry("keys, an old one comes back", "its secret opened the keys before"),
          Map.entry("index, gone", "packs that no segment names are read for themselves"),
          Map.entry("snapshots, gone", "as if it had been forgotten"),
          Map.entry(
              "packs, an old one comes back", "no snapshot needs it, the next prune takes it"),
          Map.entry(CONDEMNED_PACKS + ", gone", "no snapshot needs it"),
          Map.entry(PACKS_SET_ASIDE, "what could be saved of it is in other packs"),
          Map.entry("parity, gone", "packs are read without it, and a repair makes it anew"),
          Map.entry(SETTING + ", gone", "packs to come get no parity"),
          Map.entry(SETTING + ", an old one comes back", "packs to come get as much as before"),
          Map.entry("condemned, gone", "a later prune condemns its packs again"),
          Map.entry("condemned, an old one comes back", "its packs are gone already"),
          Map.entry("marks, gone", "as if it had been taken back"),
          Map.entry("marks, an old one comes back", "as if it had been made again"),
          Map.entry("set-aside, an old one comes back", "its pack is gone already"));

  @TempDir private Path temp;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<String, Tally> table = new TreeMap<>();
  private RottingRepository rotting;
  private TestRepository repository;
  private int restores;

  /** What came of some damage. */
  private static final class Tally {
    private int tried;
    private int found;
    private int unharmed;
    private int harmless;
  }

  @BeforeEach
  void create() throws IOException {
    rotting = new RottingRepository(temp);
    repository = rotting.test();
  }

  @AfterEach
  void close() {
    rotting.close();
  }

  @Test
  void no_damage_gives_back_wrong_files_and_all_that_matters_is_found() throws IOException {
    rot(1, 1, 6);
  }

  @Test
  @Tag("slow")
  void no_damage_at_all_gives_back_wrong_files_and_all_that_matters_is_found() throws IOException {
    double scale = Double.parseDouble(System.getProperty("fire.scale", "1"));
    rot(Math.max(1, (int) (4 * scale)), Integer.MAX_VALUE, 1);
    print();
  }

  /** Of each kind so many objects, in so many ranges of each; of all that, one of so many. */
  private void rot(int ranges, int objects, int oneOf) throws IOException {
    assertThat(repository.check(true).damage()).isEmpty();
    for (String kind : KINDS) {
      List<ObjectName> names = names(kind);
      assertThat(names).as(kind).isNotEmpty();
      List<Rot> rots = new ArrayList<>();
      for (ObjectName name : names.subList(0, Math.min(objects, names.size()))) {
        rots.addAll(Rot.of(name, repository.storage().get(name), ranges, random));
      }
      rots.addAll(together(names.getFirst(), names.getLast()));
      rotting
          .removed()
          .forEach(
              (name, bytes) -> {
                if (kind(name).equals(kind)) {
                  rots.add(Rot.back(name, bytes));
                }
              });
      for (Rot rot : rots) {
        if (random.nextInt(oneOf) == 0) {
          rot(kind, rot);
        }
      }
    }
  }

  private List<Rot> together(ObjectName first, ObjectName last) {
    return first.equals(last)
        ? List.of()
        : Rot.of(first, repository.storage().get(first), last, repository.storage().get(last));
  }

  private String kind(ObjectName name) {
    String text = name.toString();
    if (text.equals(SETTING) || !text.contains("/")) {
      return text;
    }
    if (text.startsWith("packs/")) {
      return rotting.isCondemned(name)
          ? CONDEMNED_PACKS
          : rotting.isSetAside(name) ? PACKS_SET_ASIDE : "packs";
    }
    return text.substring(0, text.indexOf('/'));
  }

  private List<ObjectName> names(String kind) {
    List<ObjectName> names = new ArrayList<>();
    repository
        .storage()
        .list(
            ObjectFolder.ROOT,
            object -> {
              if (kind(object.name()).equals(kind)) {
                names.add(object.name());
              }
            });
    return names;
  }

  /** Damages, looks at what comes of it, and puts all back. */
  private void rot(String kind, Rot rot) throws IOException {
    Map<ObjectName, Optional<byte[]>> before = new HashMap<>();
    for (ObjectName name : rot.change().keySet()) {
      boolean isThere = repository.storage().size(name).isPresent();
      before.put(name, isThere ? Optional.of(repository.storage().get(name)) : Optional.empty());
    }
    change(rot.change());
    look(kind, kind + ", " + rot.way(), rot.change().keySet().toString());
    change(before);
  }

  private void change(Map<ObjectName, Optional<byte[]>> change) {
    change.forEach(
        (name, bytes) ->
            bytes.ifPresentOrElse(
                present -> repository.storage().overwrite(name, present),
                () -> repository.storage().delete(name)));
  }

  private void look(String kind, String what, String objects) throws IOException {
    Tally tally = table.computeIfAbsent(what, _ -> new Tally());
    tally.tried++;
    if (!opens()) {
      assertThat(kind).as(what).isIn("mailkeep-repository", "keys");
      tally.found++;
      return;
    }
    repository.reopen();
    if (random.nextBoolean()) {
      repository.loseState();
    }
    CheckReport report = repository.check(true);
    int missing = restoreAll(what + " " + objects, report);
    if (report.isSound()) {
      assertThat(missing).as("%s %s: not found", what, objects).isZero();
      assertThat(HARMLESS.keySet()).as("not found: %s", objects).containsAnyOf(kind, what);
      tally.harmless++;
    } else {
      tally.found++;
      tally.unharmed += report.lostCount() == 0 && missing == 0 ? 1 : 0;
    }
  }

  private boolean opens() {
    try (var _ = rotting.open()) {
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
      missing += restore(what, snapshot, named(snapshot, report));
    }
    return missing;
  }

  private int restore(String what, Snapshot snapshot, List<String> named) throws IOException {
    int missing = 0;
    Path target = Files.createDirectory(temp.resolve("restored" + restores++));
    RestoreRun run = repository.restore(snapshot).base(rotting.source());
    try {
      Object _ = run.to(target);
    } catch (MailkeepException e) {
      assertThat(named).as("%s: nothing comes back: %s", what, e.getMessage()).isNotEmpty();
    }
    Map<String, String> image = new TreeMap<>(TreeImage.of(target));
    image.remove(".");
    for (Map.Entry<String, String> entry : rotting.image(snapshot).entrySet()) {
      String path = entry.getKey();
      String found = image.remove(path);
      if (found == null) {
        missing++;
        assertThat(named)
            .as("%s: %s is missing and not named: %s", what, path, run.problems())
            .anyMatch(lost -> lost.isEmpty() || path.equals(lost) || path.startsWith(lost + "/"));
      } else if (!entry.getValue().startsWith("directory")) {
        assertThat(found).as("%s: %s", what, path).isEqualTo(entry.getValue());
      }
    }
    assertThat(image.keySet()).as("%s: names that were never there", what).isEmpty();
    delete(target);
    return missing;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.toList().reversed()) {
        Files.delete(path);
      }
    }
  }

  /** The lost paths of a snapshot below the source; empty for what is above. */
  private List<String> named(Snapshot snapshot, CheckReport report) {
    List<String> named = new ArrayList<>();
    String root = RawPath.of(rotting.source().toString()).text();
    for (CheckReport.LostFile lost : report.lost()) {
      if (lost.snapshot().equals(snapshot.id().shortForm())) {
        String path = lost.path().text();
        named.add(path.startsWith(root + "/") ? path.substring(root.length() + 1) : "");
      }
    }
    return named;
  }

  /** The table, which docs/under-fire.md quotes. */
  private void print() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-44s %6s %6s %7s %9s%n".formatted("damage", "tried", "found", "no loss", "harmless"));
    Tally all = new Tally();
    table.forEach(
        (what, tally) -> {
          text.append(line(what, tally));
          all.tried += tally.tried;
          all.found += tally.found;
          all.unharmed += tally.unharmed;
          all.harmless += tally.harmless;
        });
    text.append(line("all", all));
    System.out.print(text);
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("rot-table.txt"), text, UTF_8);
  }

  private static String line(String what, Tally tally) {
    return "%-44s %6d %6d %7d %9d%n"
        .formatted(what, tally.tried, tally.found, tally.unharmed, tally.harmless);
  }
}
