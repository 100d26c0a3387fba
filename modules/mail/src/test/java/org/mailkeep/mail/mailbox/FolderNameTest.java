package org.mailkeep.mail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.FileName;

class FolderNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Archive/2026",
        "Archive.2026",
        ".Archive.2026",
        "INBOX.Archive.2026",
        "inbox/Archive/2026"
      })
  void separators_and_the_inbox_in_front_make_no_difference(String text) {
    assertThat(FolderName.parse(text)).contains(new FolderName(List.of("Archive", "2026")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Entwürfe für später", "Entwu\u0308rfe fu\u0308r spa\u0308ter"})
  void accents_are_the_same_composed_or_not_and_in_both_charsets_on_disk(String text) {
    FolderName name = FolderName.parse(text).orElseThrow();
    assertThat(name).isEqualTo(FolderName.of(FileName.of(".Entw&APw-rfe f&APw-r sp&AOQ-ter")));
    assertThat(name).isEqualTo(FolderName.of(FileName.of(".Entwürfe für später")));
    assertThat(name).hasToString("Entwürfe für später");
  }

  @Test
  void what_the_directory_is_called_may_be_written_too() {
    assertThat(FolderName.parse(".Entw&APw-rfe")).contains(new FolderName(List.of("Entwürfe")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INBOX", "inbox", ".INBOX"})
  void the_inbox_has_one_name_in_any_case(String text) {
    assertThat(FolderName.parse(text)).contains(FolderName.INBOX);
    assertThat(FolderName.INBOX).hasToString("INBOX");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "a..b", "a//b", "a.", "a/", "../etc", "INBOX."})
  void what_no_folder_can_be_named_is_no_name(String text) {
    assertThat(FolderName.parse(text)).isEmpty();
  }

  @Test
  void a_part_has_no_separator() {
    assertThatThrownBy(() -> new FolderName(List.of("a.b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_folder_is_below_those_that_its_name_begins_with() {
    FolderName below = new FolderName(List.of("Archive", "2026"));
    assertThat(below.startsWith(new FolderName(List.of("Archive")))).isTrue();
    assertThat(below.startsWith(FolderName.INBOX)).isTrue();
    assertThat(below.startsWith(new FolderName(List.of("Arch")))).isFalse();
    assertThat(below.branch()).containsExactly(new FolderName(List.of("Archive")), below);
  }
}
