package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.HomeMove;

class MovedPathsTest {

  private final MovedPaths places =
      new MovedPaths(
          List.of(move("/home/vp", "/srv/vp"), move("/home/vp/domains/0/a.example", "/d/a")));

  private static HomeMove move(String from, String to) {
    return new HomeMove(ByteString.of(from), ByteString.of(to));
  }

  @Test
  void whole_paths_are_replaced_wherever_they_stand_and_the_inner_one_counts() {
    assertThat(places.moved("| /home/vp/bin/vdelivermail '' /home/vp/domains/0/a.example/x\n"))
        .isEqualTo("| /srv/vp/bin/vdelivermail '' /d/a/x\n");
    assertThat(places.moved("D:/home/vp\n'/home/vp'")).isEqualTo("D:/srv/vp\n'/srv/vp'");
    assertThat(places.moved("/home/vp")).isEqualTo("/srv/vp");
  }

  @Test
  void what_only_looks_like_one_stays() {
    for (String text :
        List.of("", "/home/vpopmail", "/mnt/home/vp/x", "/home/vp.old", "x/home/vp", "home/vp")) {
      assertThat(places.moved(text)).isEqualTo(text);
    }
    assertThat(places.moved("/home/vp/domains/0/a.example.org"))
        .isEqualTo("/srv/vp/domains/0/a.example.org");
  }

  @Test
  void what_was_replaced_is_not_replaced_again() {
    MovedPaths swapped = new MovedPaths(List.of(move("/a", "/b"), move("/b", "/a")));
    assertThat(swapped.moved("/a /b")).isEqualTo("/b /a");
  }
}
