package org.mailkeep.testkit.property;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PropertyTest {

  @AfterEach
  void forgetSeed() {
    System.clearProperty(Property.SEED);
  }

  @Test
  void every_run_draws_the_same() {
    assertThat(drawn(20)).isEqualTo(drawn(20)).hasSize(20);
  }

  @Test
  void sizes_begin_at_zero_and_grow() {
    List<Integer> lengths = drawn(300).stream().map(bytes -> bytes.length()).toList();
    assertThat(lengths.getFirst()).isZero();
    assertThat(lengths.subList(200, 300)).anyMatch(length -> length > 300);
  }

  @Test
  void a_failure_names_the_seed_that_repeats_it_alone() {
    Property.Case failing = draw -> assertThat(draw.bytes()).hasSizeLessThan(50);
    String first = failure(failing);
    Matcher seed = Pattern.compile("-Dmailkeep.seed=([0-9a-f]+-\\d+)").matcher(first);
    assertThat(seed.find()).isTrue();

    System.setProperty(Property.SEED, seed.group(1));
    assertThat(failure(failing)).isEqualTo(first.replaceFirst("Case .* of 500", "The wanted case"));
    assertThat(drawn(500)).hasSize(1);
  }

  @Test
  void new_seeds_on_request() {
    System.setProperty(Property.SEED, "random");
    assertThat(drawn(100)).isNotEqualTo(drawn(100));
  }

  @Test
  void draws_stay_within_their_limits() {
    Property.check(
        500,
        draw -> {
          assertThat(draw.between(-3, 3)).isBetween(-3, 3);
          assertThat(draw.length(5)).isBetween(0, 5);
          assertThat(draw.length(Integer.MAX_VALUE)).isNotNegative();
          assertThat(draw.pick("a", "b")).isIn("a", "b");
          assertThat(draw.list(Draw::flip).size()).isLessThanOrEqualTo(1000);
          draw.between(Long.MIN_VALUE, Long.MAX_VALUE);
        });
  }

  @Test
  void any_exception_counts_as_a_failure() {
    assertThatCode(() -> Property.check(1, draw -> Integer.parseInt("x")))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  private static String failure(Property.Case failing) {
    return String.valueOf(catchThrowable(() -> Property.check(500, failing)).getMessage());
  }

  private static List<String> drawn(int cases) {
    List<String> all = new ArrayList<>();
    Property.check(cases, draw -> all.add(new String(draw.bytes(), ISO_8859_1)));
    return all;
  }
}
