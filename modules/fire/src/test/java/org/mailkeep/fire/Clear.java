package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import org.mailkeep.cli.Shell;

/** What a tired admin may expect of a command that could not do its work. */
final class Clear {

  private Clear() {}

  /** It ended with a code that scripts know, and said why in words. */
  static void require(String what, Shell.Outcome outcome) {
    assertThat(outcome.exit()).as("%s: %s", what, outcome.err()).isIn(0, 1, 3);
    assertThat(outcome.err())
        .as(what)
        .doesNotContain("internal error")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    if (outcome.exit() != 0) {
      assertThat(outcome.err()).as(what).isNotBlank();
    }
  }
}
