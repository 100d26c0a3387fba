package org.mailkeep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"mailkeep-repository", "keys/17ab", "packs/4f/4f21", "a/b/c/d/e", "0"})
  void a_valid_name_is_its_own_text(String text) {
    assertThat(ObjectName.of(text)).hasToString(text).isEqualTo(ObjectName.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "..",
        "../a",
        "a/../b",
        ".",
        ".tmp-1",
        "a/.b",
        "-a",
        "A",
        "é",
        "a b",
        "a\n",
        "a\u0000",
        "a\\b",
        "a:b",
        "a/b/c/d/e/f"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> ObjectName.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void segments_have_at_most_100_characters() {
    assertThat(ObjectName.of("a".repeat(100)).id()).hasSize(100);
    assertThatThrownBy(() -> ObjectName.of("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void folders_know_what_stands_in_them() {
    ObjectFolder packs = ObjectFolder.ROOT.folder("packs");
    ObjectName name = packs.folder("4f").object("4f21");
    assertThat(name).isEqualTo(ObjectName.of("packs/4f/4f21"));
    assertThat(packs.contains(name)).isTrue();
    assertThat(packs.contains(ObjectName.of("packs2/a"))).isFalse();
    assertThat(packs.contains(ObjectName.of("packs"))).isFalse();
    assertThat(ObjectFolder.ROOT.contains(name)).isTrue();
    assertThat(name.folder().parent()).contains(packs);
    assertThat(packs.parent()).contains(ObjectFolder.ROOT);
    assertThat(ObjectFolder.ROOT.parent()).isEmpty();
  }
}
