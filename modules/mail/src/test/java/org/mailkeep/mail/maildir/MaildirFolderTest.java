package org.mailkeep.mail.maildir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.mail.maildir.MaildirFolder.Charset.MODIFIED_UTF_7;
import static org.mailkeep.mail.maildir.MaildirFolder.Charset.UTF_8;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.FakeDirectory;
import org.mailkeep.model.FileName;

class MaildirFolderTest {

  @Test
  void a_maildir_has_cur_new_and_tmp() {
    assertThat(MaildirFolder.isMaildir(new FakeDirectory().directories("cur", "new", "tmp")))
        .isTrue();
    assertThat(MaildirFolder.isMaildir(new FakeDirectory().directories("cur", "new"))).isFalse();
    assertThat(
            MaildirFolder.isMaildir(
                new FakeDirectory().directories("cur", "new").add(EntryType.FILE, "tmp")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'.Sent',                'Sent'",
    "'.Archive.2026',        'Archive/2026'",
    "'.Entw&APw-rfe',        'Entwürfe'",
    "'.Tom &- Jerry',        'Tom & Jerry'",
    "'.&U,BTFw-',            '台北'",
    "'.&2D3eAA-',            '\uD83D\uDE00'",
    "'.Entwürfe',            'Entwürfe'",
    "'.R&D',                 'R&D'",
    "'.broken &AP- name',    'broken &AP- name'",
    "'..odd',                'odd'",
    "'.R&D.Tom &- Jerry',    'R&D/Tom &- Jerry'",
  })
  void folder_names_are_shown_decoded(String directory, String shown) {
    assertThat(String.join("/", MaildirFolder.path(FileName.of(directory)))).isEqualTo(shown);
  }

  @Test
  void the_charset_shows_where_it_matters() {
    assertThat(MaildirFolder.charset(FileName.of(".Sent"))).isEmpty();
    assertThat(MaildirFolder.charset(FileName.of(".Entw&APw-rfe"))).contains(MODIFIED_UTF_7);
    assertThat(MaildirFolder.charset(FileName.of(".Entwürfe"))).contains(UTF_8);
    assertThat(MaildirFolder.charset(FileName.of(".R&D"))).contains(UTF_8);
    assertThat(MaildirFolder.charset(FileName.of(new byte[] {'.', (byte) 0xff}))).isEmpty();
  }

  @Test
  void any_folder_goes_both_ways_in_modified_utf_7() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      String part =
          random
              .ints(1 + random.nextInt(6), 0, 0x110000)
              .map(c -> (c & 3) == 0 ? ' ' + c % 95 : c)
              .filter(c -> c != '.' && c != '/' && (c < 0xd800 || c > 0xdfff))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      if (!part.isEmpty()) {
        List<String> path = List.of(part, "x");
        FileName name = MaildirFolder.directory(path, MODIFIED_UTF_7);
        assertThat(MaildirFolder.path(name)).as("case %d", i).isEqualTo(path);
      }
    }
  }

  @Test
  void a_folder_name_is_made_in_either_charset() {
    List<String> path = List.of("Entwürfe", "A&B");
    assertThat(MaildirFolder.directory(path, MODIFIED_UTF_7))
        .isEqualTo(FileName.of(".Entw&APw-rfe.A&-B"));
    assertThat(MaildirFolder.directory(path, UTF_8)).isEqualTo(FileName.of(".Entwürfe.A&B"));
    for (String bad : List.of("", "a.b", "a/b")) {
      assertThatThrownBy(() -> MaildirFolder.directory(List.of(bad), UTF_8))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void folders_begin_with_one_dot() {
    assertThat(MaildirFolder.isFolderName(FileName.of(".Sent"))).isTrue();
    for (String no : List.of("cur", ".", "..", "..x", ".x.")) {
      assertThat(MaildirFolder.isFolderName(FileName.of(no))).isFalse();
    }
  }
}
