package org.mailkeep.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.error.UsageException;

class ProfilesTest {

  @TempDir private Path folder;

  private Profiles with(String name, String toml) throws IOException {
    Files.writeString(folder.resolve(name), toml);
    return Profiles.with(folder);
  }

  @Test
  void every_profile_of_the_program_can_be_read_and_gives_reasons() {
    Profiles profiles = Profiles.with(folder.resolve("missing"));
    assertThat(profiles.names()).contains("qmail", "vpopmail", "courier", "authlib", "tcpserver");
    for (String name : profiles.names()) {
      Profile profile = profiles.get(name);
      assertThat(profile.description()).isNotBlank().doesNotStartWith(name + ":");
      assertThat(profile.parts()).isNotEmpty().allMatch(part -> part.why().length() > 3);
      assertThat(profile.origin()).isEqualTo("comes with mailkeep");
    }
  }

  @Test
  void a_folder_adds_profiles_and_replaces_those_of_the_program() throws IOException {
    String toml =
        """
        description = "ours"

        [[path]]
        path = "~list/x*"
        why = "lists"
        without = ["tmp", "*.log"]

        [[path]]
        domains-in = "/srv/qmail/users/assign"
        why = "the second instance"
        """;
    Files.writeString(folder.resolve("qmail.toml"), toml);
    Profiles profiles = with("lists.toml", toml);
    assertThat(profiles.names()).endsWith("lists").containsOnlyOnce("qmail");
    assertThat(profiles.get("qmail").description()).isEqualTo("ours");
    Profile lists = profiles.get("lists");
    assertThat(lists.origin()).endsWith("lists.toml");
    assertThat(lists.parts().getFirst().without()).containsExactly("tmp", "*.log");
    assertThat(lists.parts().getLast().place())
        .isEqualTo(new Profile.Place.Domains("/srv/qmail/users/assign"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "description = 'x'|no [[path]]",
        "[[path]]~path = '/a'~why = 'w'|'description' is missing",
        "description = 'x'~[[path]]~path = '/a'|line 2, column 1): 'why' is missing",
        "description = 'x'~[[path]]~why = 'w'|either 'path' or 'domains-in'",
        "description = 'x'~[[path]]~path = '/a'~pth = '/a'~why = 'w'|line 4, column 1): 'pth' is unknown",
        "description = 'x'~[[path]]~path = 'a'~why = 'w'|line 3, column 1): 'a' is no path",
        "description = 'x'~[[path]]~path = '/a/../b'~why = 'w'|is no path",
        "description = 'x'~[[path]]~path = '/a/**'~why = 'w'|is no path",
        "description = 'x'~[[path]]~path = '/'~why = 'w'|is no path",
        "description = 'x'~[[path]]~domains-in = '/a*'~why = 'w'|is no path",
        "description = 'x'~[[path]]~path = 7~why = 'w'|'path' is not a text",
        "description = 'x'~[[path]]~path = '/a'~why = 'w'~without = 'x'|list of patterns",
        "description = 'x'~[[path]]~path = '/a'~why = 'w'~without = ['/x']|relative",
        "description = 'x'~path = ['/a']|is no [[path]]",
        "description = |line 1",
        "descr\u0000|line 1",
        "description = \"\\u12\"|ours.toml",
      })
  void a_mistake_is_told_with_its_place(String toml, String problem) throws IOException {
    Profiles profiles = with("ours.toml", toml.replace('~', '\n'));
    assertThatThrownBy(() -> profiles.get("ours"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'ours'")
        .hasMessageContaining("ours.toml")
        .hasMessageContaining(problem);
  }

  @Test
  void brackets_that_never_end_are_a_mistake_like_any_other() throws IOException {
    Profiles profiles = with("ours.toml", "description = " + "[".repeat(100_000));
    assertThatThrownBy(() -> profiles.get("ours"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("ours.toml");
  }

  @Test
  void a_name_that_no_profile_can_have_is_told() throws IOException {
    assertThatThrownBy(() -> with("auto.toml", "")).isInstanceOf(UsageException.class);
    Files.delete(folder.resolve("auto.toml"));
    assertThatThrownBy(() -> with("Our Own.toml", "")).hasMessageContaining("Our Own");
    Files.delete(folder.resolve("Our Own.toml"));
    assertThatThrownBy(() -> Profiles.with(folder).get("qmial"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no profile 'qmial'");
  }
}
