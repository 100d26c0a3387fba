package org.mailkeep.web.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailkeep.web.html.Html.element;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

  private static String written(Html html) {
    StringBuilder out = new StringBuilder();
    html.write(out);
    return out.toString();
  }

  @Test
  void text_and_values_of_attributes_are_escaped() {
    assertThat(written(element("p", "<b>&'\"").with("title", "\"><script>")))
        .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;</p>");
  }

  @Test
  void what_no_page_may_have_in_it_becomes_a_replacement_character() {
    assertThat(written(Html.text("a\u0000b\u001bc\udc80d\ne")))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ne");
  }

  @Test
  void code_and_foreign_addresses_cannot_be_written() {
    Html.Element element = element("a");
    for (String name :
        List.of("onclick", "style", "srcdoc", "href", "src", "action", "x y", "\"")) {
      assertThatThrownBy(() -> element.with(name, "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String name : List.of("style", "iframe", "a b", "object")) {
      assertThatThrownBy(() -> element(name)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> element("script", "alert(1)"))
        .isInstanceOf(IllegalArgumentException.class);
    for (String path :
        List.of("//evil.example", "https://evil.example", "javascript:x", "x", "/\\e")) {
      assertThatThrownBy(() -> Link.of(path)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_line_feed_at_the_beginning_of_a_text_is_kept() {
    assertThat(written(element("pre", "\nx"))).isEqualTo("<pre>\n\nx</pre>");
  }

  @Test
  void links_carry_any_bytes() {
    assertThat(Link.of("/mailbox").with("box", "/a b/\udcff&=\"").with("none", ""))
        .hasToString("/mailbox?box=/a%20b/%FF%26%3D%22");
  }
}
