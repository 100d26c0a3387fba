package org.mailkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.Glob.Step;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class GlobTest {

  @Test
  void it_matches_what_trying_every_way_matches() {
    Property.check(
        20_000,
        draw -> {
          List<Step> steps = Stream.generate(() -> step(draw)).limit(draw.length(6)).toList();
          String text = text(draw);
          Glob glob = new Glob(steps);
          assertThat(glob.matches(text)).isEqualTo(matches(steps, text));
          ends(text)
              .filter(end -> glob.matches(text))
              .forEach(end -> assertThat(glob.mayGoOnFrom(text.substring(0, end))).isTrue());
        });
  }

  private static Step step(Draw draw) {
    int c = draw.pick('a', 'b', '/');
    return draw.pick(
        new Step.One(other -> other == c),
        new Step.One(other -> other != '/'),
        new Step.Name(),
        new Step.Any(),
        new Step.Folders());
  }

  private static String text(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int left = draw.length(9); left > 0; left--) {
      text.append(draw.pick("a", "b", "/", "\ud83d\udce7"));
    }
    return text.toString();
  }

  private static boolean matches(List<Step> steps, String text) {
    if (steps.isEmpty()) {
      return text.isEmpty();
    }
    return ends(text)
        .filter(end -> standsFor(steps.getFirst(), text.substring(0, end)))
        .anyMatch(end -> matches(steps.subList(1, steps.size()), text.substring(end)));
  }

  /** After each character: a pair of surrogates is one. */
  private static IntStream ends(String text) {
    return IntStream.rangeClosed(0, text.codePointCount(0, text.length()))
        .map(count -> text.offsetByCodePoints(0, count));
  }

  private static boolean standsFor(Step step, String part) {
    return switch (step) {
      case Step.One one ->
          part.codePointCount(0, part.length()) == 1 && one.test().test(part.codePointAt(0));
      case Step.Name() -> part.indexOf('/') < 0;
      case Step.Any() -> true;
      case Step.Folders() -> part.isEmpty() || part.endsWith("/");
    };
  }
}
