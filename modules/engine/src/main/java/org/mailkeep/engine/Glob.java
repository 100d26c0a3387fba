package org.mailkeep.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Matches text against the steps of a pattern, all ways at once: the time is that of the text times
 * that of the pattern, whatever they are. (A regular expression tries one way after another, and
 * twenty stars are enough to keep it busy for years.)
 */
final class Glob {

  /** What stands for a part of a text. */
  sealed interface Step {
    /** One character that passes the test. */
    record One(IntPredicate test) implements Step {}

    /** Any characters but slashes. */
    record Name() implements Step {}

    /** Any characters. */
    record Any() implements Step {}

    /** Nothing, or any characters and a slash. */
    record Folders() implements Step {}
  }

  private final Step[] steps;

  Glob(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
  }

  boolean matches(String text) {
    return after(text).at(steps.length);
  }

  /** Whether a text that begins so may match. */
  boolean mayGoOnFrom(String text) {
    return after(text).isAnywhere();
  }

  private Places after(String text) {
    Places now = new Places();
    Places next = new Places();
    now.enter(0);
    for (int i = 0; i < text.length() && now.isAnywhere(); ) {
      int c = text.codePointAt(i);
      now.advance(c, next);
      Places spent = now;
      now = next;
      next = spent;
      i += Character.charCount(c);
    }
    return now;
  }

  /** The places between the steps where a match may stand. */
  private final class Places {
    /** Before each step, and after the last. */
    private final boolean[] before;

    /** Within each step that is folders of which the slash has not come yet. */
    private final boolean[] within;

    private boolean anywhere;

    Places() {
      before = new boolean[steps.length + 1];
      within = new boolean[steps.length];
    }

    boolean at(int place) {
      return before[place];
    }

    boolean isAnywhere() {
      return anywhere;
    }

    /** Comes before a step, and before those after it that may stand for nothing. */
    void enter(int place) {
      anywhere = true;
      for (int at = place; !before[at]; at++) {
        before[at] = true;
        if (at == steps.length || steps[at] instanceof Step.One) {
          return;
        }
        if (steps[at] instanceof Step.Folders) {
          within[at] = true;
        }
      }
    }

    /** Where a match may stand after one more character; what {@code next} held is forgotten. */
    void advance(int c, Places next) {
      Arrays.fill(next.before, false);
      Arrays.fill(next.within, false);
      next.anywhere = false;
      for (int i = 0; i < steps.length; i++) {
        if (before[i] || within[i]) {
          advance(i, c, next);
        }
      }
    }

    private void advance(int i, int c, Places next) {
      switch (steps[i]) {
        case Step.One one -> {
          if (one.test().test(c)) {
            next.enter(i + 1);
          }
        }
        case Step.Name() -> {
          if (c != '/') {
            next.enter(i);
          }
        }
        case Step.Any() -> next.enter(i);
        case Step.Folders() -> {
          next.within[i] = true;
          next.anywhere = true;
          if (c == '/') {
            next.enter(i + 1);
          }
        }
      }
    }
  }
}
