package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.KeyException;

/** The full keys on paper, and the mistakes of who types them in. */
final class PaperKeyTest {

  private static final Pattern NAMED_LINE = Pattern.compile(": line ([0-9]+) ");
  private static final String TYPED = "abcdefghijklmnopqrstuvwxyz0123456789 -.#é";

  private final SeededRandom random = new SeededRandom(5);
  private final PaperKey paper =
      new PaperKey(RepositoryId.generate(random), FullKeys.generate(random));
  private final List<String> lines = paper.text().lines().toList();

  @SeededTest
  void keys_are_read_from_paper_as_they_were_printed(long seed) {
    SeededRandom seeded = new SeededRandom(seed);
    FullKeys keys = FullKeys.generate(seeded);
    for (int rotations = 0; rotations < 3; rotations++) {
      PaperKey printed = new PaperKey(RepositoryId.generate(seeded), keys);
      PaperKey read = PaperKey.parse(printed.text());
      assertThat(read).isEqualTo(printed);
      keys = keys.withNewDataKey(seeded);
    }
  }

  @Test
  void fifteen_short_lines_hold_a_key() {
    assertThat(lines).hasSize(15).allMatch(line -> line.length() <= 38);
    assertThat(lines.getFirst()).matches(" 1  ([a-z2-7]{5} ){5} [a-z2-7]{3}");
  }

  @Test
  void case_blanks_and_the_text_around_do_not_count() {
    String typed =
        "Key of the mail server\n\n"
            + paper.text().toUpperCase(Locale.ROOT).replaceAll("(?m)^ *([0-9]+) ", "\t$1. ")
            + "\nPrinted in November\n";
    assertThat(PaperKey.parse(typed)).isEqualTo(paper);
    String dense = paper.text().replaceAll("(?m)^( *[0-9]+ )(.*)$", "$1\t@$2").replace(" ", "");
    assertThat(PaperKey.parse(dense.replace("@", " "))).isEqualTo(paper);
  }

  @Test
  void every_wrong_character_is_found_and_its_line_named() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (int at = 0; at < line.length(); at++) {
        for (int typed = 0; typed < TYPED.length(); typed++) {
          char c = TYPED.charAt(typed);
          String wrong = line.substring(0, at) + c + line.substring(at + 1);
          if (!meaning(wrong).equals(meaning(line))) {
            assertNamed(i + 1, with(i, wrong));
          }
        }
      }
    }
  }

  @Test
  void a_character_too_much_or_too_little_is_found_and_its_line_named() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (int at = 4; at < line.length(); at++) {
        if (line.charAt(at) != ' ') {
          assertNamed(i + 1, with(i, line.substring(0, at) + line.substring(at + 1)));
          assertNamed(i + 1, with(i, line.substring(0, at) + "q" + line.substring(at)));
        }
      }
    }
  }

  @Test
  void two_characters_that_changed_places_are_found_and_their_line_named() {
    for (int i = 0; i < lines.size(); i++) {
      for (int at = 4; at < lines.get(i).length() - 1; at++) {
        StringBuilder line = new StringBuilder(lines.get(i));
        char first = line.charAt(at);
        line.setCharAt(at, line.charAt(at + 1));
        line.setCharAt(at + 1, first);
        if (!meaning(line.toString()).equals(meaning(lines.get(i)))) {
          assertNamed(i + 1, with(i, line.toString()));
        }
      }
    }
  }

  @Test
  void lines_that_are_missing_twice_or_in_each_others_place_are_named() {
    for (int i = 0; i < lines.size(); i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertNamed(i + 1, without);
      List<String> twice = new ArrayList<>(lines);
      twice.add(i, lines.get(i));
      assertNamed(i + 1 == lines.size() ? i + 1 : i + 2, twice);
    }
    List<String> swapped = new ArrayList<>(lines);
    Collections.swap(swapped, 3, 4);
    assertNamed(4, swapped);
    // The content of another line under the right number.
    assertNamed(4, with(3, " 4" + lines.get(4).substring(2)));
  }

  @Test
  void text_without_a_key_is_refused() {
    for (String text : List.of("", "no key\n", "1\n", "1 aaaaa", "9".repeat(20))) {
      assertThatThrownBy(() -> PaperKey.parse(text)).isInstanceOf(KeyException.class);
    }
  }

  @Test
  void a_check_digit_depends_on_the_number_and_on_each_digit() {
    int[] digits = new int[25];
    for (int number = 1; number < 32; number++) {
      assertThat(LineCheck.of(number, digits)).isNotEqualTo(LineCheck.of(0, digits));
    }
    for (int at = 0; at < digits.length; at++) {
      for (int value = 1; value < 32; value++) {
        int[] other = digits.clone();
        other[at] = value;
        assertThat(LineCheck.of(1, other)).isNotEqualTo(LineCheck.of(1, digits));
      }
    }
  }

  @Test
  void secrets_are_never_shown() {
    assertThat(paper.toString()).isEqualTo("the paper key of repository " + paper.repository());
  }

  /** What is left when blanks between digits, and the dot behind the number, do not count. */
  private static String meaning(String line) {
    String text = line.strip().replaceFirst("^([0-9]+)[.:)]", "$1 ");
    int number = 0;
    while (number < text.length() && Character.isDigit(text.charAt(number))) {
      number++;
    }
    return text.substring(0, number) + "|" + text.substring(number).replace(" ", "");
  }

  private List<String> with(int line, String text) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(line, text);
    return changed;
  }

  private static void assertNamed(int line, List<String> typed) {
    String text = String.join("\n", typed);
    assertThatThrownBy(() -> PaperKey.parse(text))
        .as(text)
        .isInstanceOfSatisfying(
            KeyException.class,
            e -> {
              Matcher named = NAMED_LINE.matcher(e.getMessage());
              assertThat(named.find()).isTrue();
              assertThat(named.group(1)).isEqualTo(String.valueOf(line));
            });
  }
}
