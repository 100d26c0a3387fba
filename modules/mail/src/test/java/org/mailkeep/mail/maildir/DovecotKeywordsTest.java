package org.mailkeep.mail.maildir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DovecotKeywordsTest {

  private static DovecotKeywords of(String text) {
    return DovecotKeywords.of(text.getBytes(UTF_8));
  }

  @Test
  void a_keyword_gets_the_letter_that_the_other_folder_has_for_it() {
    DovecotKeywords then = of("0 $Label1\n1 project-x\n25 last\n");
    DovecotKeywords now = of("3 last\n1 $Label1\n");
    assertThat(then.translate("FSaz", now)).isEqualTo("FSbd");
    assertThat(then.translate("FSb", now)).as("one that it does not know").isEqualTo("FS");
    assertThat(then.translate("FSq", now)).as("one that nobody knows").isEqualTo("FS");
    assertThat(then.translate("DFPRST", DovecotKeywords.NONE)).isEqualTo("DFPRST");
  }

  @Test
  void lines_of_another_shape_count_for_nothing() {
    DovecotKeywords odd = of("\n0\n0 \nx y\n26 beyond\n100 far\n-1 below\n2 c\n");
    assertThat(odd.translate("abc", of("0 c\n1 beyond\n"))).isEqualTo("a");
  }
}
