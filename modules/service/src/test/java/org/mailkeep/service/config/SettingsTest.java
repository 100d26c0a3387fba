package org.mailkeep.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.error.UsageException;

/** What counts, and what is told of what is wrong. */
final class SettingsTest {

  private static final Key PLACE = Schema.get("repository", "place");
  private static final Key KEY_FILE = Schema.get("repository", "key-file");
  private static final Key PART = Schema.get("check", "read-data-subset");

  private static final String SOURCE = "[[source]]\nname = \"m\"\nevery = \"1h\"\n";

  @Test
  void an_option_counts_more_than_the_environment_and_that_more_than_the_file() {
    String toml = "[repository]\nplace = \"/file\"\n";
    Map<String, String> environment = Map.of("MAILKEEP_REPOSITORY", "/environment");
    Settings all = Settings.parse(toml, Map.of("--repo", "/option"), environment);
    assertThat(all.find(PLACE))
        .contains(new Settings.Found(List.of("/option"), Origin.FLAG, "--repo"));
    assertThat(Settings.parse(toml, Map.of(), environment).find(PLACE))
        .contains(
            new Settings.Found(List.of("/environment"), Origin.ENVIRONMENT, "MAILKEEP_REPOSITORY"));
    Settings file = Settings.parse(toml, Map.of(), Map.of("MAILKEEP_REPOSITORY", ""));
    assertThat(file.find(PLACE).orElseThrow().origin()).isEqualTo(Origin.FILE);
    assertThat(Settings.parse("", Map.of(), Map.of()).find(PLACE)).isEmpty();
  }

  @Test
  void every_key_that_stands_once_has_a_variable_of_its_own() {
    Set<String> seen = new HashSet<>();
    for (Key key : Schema.single()) {
      assertThat(key.variables()).as(key.path()).isNotEmpty();
      assertThat(seen.add(key.variables().getFirst())).as(key.path()).isTrue();
    }
    Settings settings =
        Settings.parse("", Map.of(), Map.of("MAILKEEP_CHECK_READ_DATA_SUBSET", "3/10"));
    assertThat(settings.find(PART).orElseThrow().values()).containsExactly("3/10");
    assertThat(Settings.parse("", Map.of("check.read-data-subset", "5%"), Map.of()).find(PART))
        .contains(new Settings.Found(List.of("5%"), Origin.FLAG, "--set check.read-data-subset"));
  }

  @Test
  void a_wrong_value_above_the_file_is_told_with_its_name() {
    Settings settings = Settings.parse("", Map.of(), Map.of("MAILKEEP_CHECK_EVERY", "soon"));
    assertThatThrownBy(() -> settings.find(Schema.get("check", "every")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("MAILKEEP_CHECK_EVERY", "soon");
  }

  @Test
  void who_names_a_secret_by_hand_means_no_other_of_the_file() {
    String toml = "[repository]\nkey-file = \"/file.key\"\n";
    assertThat(Settings.parse(toml, Map.of(), Map.of()).find(KEY_FILE)).isPresent();
    for (String variable : List.of("MAILKEEP_PASSWORD", "MAILKEEP_PASSWORD_FILE")) {
      assertThat(Settings.parse(toml, Map.of(), Map.of(variable, "x")).find(KEY_FILE)).isEmpty();
    }
    assertThat(Settings.parse(toml, Map.of("--private-key", "x"), Map.of()).find(KEY_FILE))
        .isEmpty();
  }

  private static List<String> inForce(Settings settings) {
    return settings
        .repeated()
        .map(v -> v.getKey() + "=" + v.getValue().values() + " by " + v.getValue().name())
        .toList();
  }

  @Test
  void a_key_of_a_named_table_can_be_given_above_the_file_too() {
    String toml = SOURCE + "paths = [\"/x\"]\n[[hook]]\non = \"before\"\ncommand = \"true\"\n";
    Map<String, String> environment =
        Map.of("MAILKEEP_SOURCE_M_EVERY", "2h", "MAILKEEP_SOURCE_M_TAGS", "a,b");
    Settings settings =
        Settings.parse(
            toml, Map.of("source.m.paths", "/y,/z", "hook.1.timeout", "9m"), environment);
    assertThat(settings.mistakes()).isEmpty();
    assertThat(inForce(settings))
        .containsExactly(
            "source.m.name=[m] by the file",
            "source.m.every=[2h] by MAILKEEP_SOURCE_M_EVERY",
            "source.m.paths=[/y, /z] by --set source.m.paths",
            "source.m.tags=[a, b] by MAILKEEP_SOURCE_M_TAGS",
            "hook.1.on=[before] by the file",
            "hook.1.command=[…] by the file",
            "hook.1.timeout=[9m] by --set hook.1.timeout");
    assertThat(Configuration.of(settings).steps().getFirst().arguments())
        .containsExactly("backup", "--tag=a", "--tag=b", "--", "/y", "/z");
  }

  @Test
  void a_table_that_no_file_has_is_made_of_what_was_given() {
    Map<String, String> given =
        Map.of("source.web.mail.paths", "/srv", "source.web.mail.at", "02:30");
    Settings settings =
        Settings.parse(
            "",
            given,
            Map.of("MAILKEEP_COPY_OFF_SITE_TO", "/mnt", "MAILKEEP_COPY_OFF_SITE_EVERY", "1d"));
    assertThat(Configuration.of(settings).steps())
        .extracting(Step::title)
        .containsExactly("backup web.mail", "copy off-site");
    Settings half = Settings.parse("", Map.of("source.mial.every", "1h"), Map.of());
    assertThat(half.mistakes())
        .singleElement()
        .extracting(Mistake::what)
        .asString()
        .contains("mial");
  }

  @Test
  void a_variable_finds_its_table_however_that_writes_its_name() {
    String toml = "[[copy]]\nname = \"Off.site_1\"\nto = \"/a\"\nevery = \"1d\"\n";
    Settings settings = Settings.parse(toml, Map.of(), Map.of("MAILKEEP_COPY_OFF_SITE_1_TO", "/b"));
    assertThat(inForce(settings))
        .contains("copy.Off.site_1.to=[/b] by MAILKEEP_COPY_OFF_SITE_1_TO")
        .hasSize(3);
  }

  @Test
  void an_option_means_the_table_of_exactly_its_name() {
    String toml = "[[copy]]\nname = \"a.b\"\nto = \"/a\"\nevery = \"1d\"\n";
    Map<String, String> given =
        Map.of("copy.a-b.to", "/b", "copy.a-b.every", "2d", "copy.a-b.to-key-file", "/k");
    Settings settings =
        Settings.parse(toml, given, Map.of("MAILKEEP_COPY_A_B_TO_PASSWORD_FILE", "/p"));
    assertThat(inForce(settings).stream().filter(line -> line.contains("to=")))
        .containsExactly("copy.a.b.to=[/a] by the file", "copy.a-b.to=[/b] by --set copy.a-b.to");
    assertThat(settings.repeated().filter(v -> v.getKey().endsWith("to-password-file")))
        .as("a variable that may mean both means both")
        .hasSize(2);
    Settings one = Settings.parse(toml, Map.of("copy.A.B.to", "/b"), Map.of());
    assertThat(one.mistakes()).as("a new one, and not complete").isNotEmpty();
  }

  @Test
  void who_says_one_thing_above_the_file_means_nothing_else_that_says_the_same() {
    String toml = SOURCE + "paths = [\"/x\"]\n[check]\nevery = \"1d\"\n";
    Settings settings =
        Settings.parse(
            toml, Map.of("source.m.at", "02:30"), Map.of("MAILKEEP_CHECK_AT", "Sun 01:00"));
    assertThat(settings.mistakes()).isEmpty();
    assertThat(Configuration.of(settings).steps())
        .extracting(step -> step.schedule().toString())
        .containsExactly("daily at 02:30", "Sun at 01:00");
  }

  @Test
  void every_key_of_a_table_that_may_stand_several_times_has_an_option_and_a_variable() {
    for (Key key : Schema.repeated()) {
      if (!key.name().equals("name")) {
        TableName table = new TableName(key.section(), key.section().equals("hook") ? "2" : "a-b");
        assertThat(TableName.ofPath(table.path(key))).as(key.path()).contains(table);
        assertThat(TableName.ofVariable(table.variables(key).getFirst()))
            .as(key.path())
            .contains(table);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source.every",
        "source.m.evry",
        "source.m.name",
        "source..every",
        "hook.x.on",
        "sauce.m.every"
      })
  void a_path_that_leads_to_no_key_is_refused_with_the_nearest(String path) {
    assertThatThrownBy(() -> Settings.parse("", Map.of(path, "1h"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(path);
  }

  @Test
  void a_credential_is_where_systemd_has_it() {
    String toml = "[repository]\npassword-file = \"credential:pw\"\n";
    Key key = Schema.get("repository", "password-file");
    Settings service = Settings.parse(toml, Map.of(), Map.of("CREDENTIALS_DIRECTORY", "/run/c"));
    assertThat(service.find(key).orElseThrow().values()).containsExactly("/run/c/pw");
    Settings byHand = Settings.parse(toml, Map.of(), Map.of());
    assertThat(byHand.find(key).orElseThrow().values()).containsExactly("/etc/credstore/pw");
    assertThat(byHand.credentials()).containsExactly("pw");
  }

  @Test
  void a_credential_may_be_named_above_the_file_too() {
    Settings settings =
        Settings.parse(
            "[[copy]]\nname = \"usb\"\nto = \"/a\"\nevery = \"1d\"\n",
            Map.of("copy.usb.to-password-file", "credential:usb"),
            Map.of("CREDENTIALS_DIRECTORY", "/run/c", "MAILKEEP_KEY_FILE", "credential:key"));
    assertThat(settings.find(KEY_FILE).orElseThrow().values()).containsExactly("/run/c/key");
    assertThat(Configuration.of(settings).steps().getFirst().arguments())
        .contains("--to-password-file=/run/c/usb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [repositry]\\nplace = "/x"          | 1:1 | repositry | Did you mean 'repository'?
          place = "/x"                        | 1:1 | place     | [repository]
          [repository]\\nplce = "/x"          | 2:1 | plce      | Did you mean 'place'?
          [repository]\\nplace = 5            | 2:1 | 5         | a folder
          [limits]\\njobs = "2"               | 2:1 | "2"       | a whole number
          [limits]\\njobs = 0                 | 2:1 | 0         | 1 or more
          [limits]\\nupload = "fast"          | 2:1 | fast      | bytes a second
          [limits]\\n  nice = "yes"           | 2:3 | yes       | true or false
          [source]\\nname = "x"               | 1:1 | source    | [[source]]
          [[check]]\\nevery = "1d"            | 1:1 | check     | [check]
          [check]\\nevery = "daily"           | 2:1 | daily     | 30m
          [check]\\nat = "25:00"              | 2:1 | 25:00     | Sun 02:30
          [notify]\\nmail-to = "root"         | 2:1 | mail-to   | brackets
          [notify]\\nwebhook = "example.org"  | 2:1 | example   | https://
          [check]\\nevery = "1d               | 2:12 |          | "quotes"
          """)
  void a_mistake_is_told_with_its_place_and_what_to_write(
      String toml, String place, String what, String advice) {
    List<Mistake> mistakes =
        Settings.parse(toml.replace("\\n", "\n"), Map.of(), Map.of()).mistakes();
    assertThat(mistakes).isNotEmpty();
    Mistake first = mistakes.getFirst();
    assertThat(first.line() + ":" + first.column()).as("%s", first).isEqualTo(place);
    assertThat(first.what()).contains(what == null ? "" : what);
    assertThat(first.advice()).contains(advice);
  }

  @Test
  void all_mistakes_are_told_at_once() {
    String toml = "[limits]\njobs = 0\nupload = \"x\"\nnise = true\n[[hook]]\non = \"never\"\n";
    assertThat(Settings.parse(toml, Map.of(), Map.of()).mistakes())
        .extracting(Mistake::line)
        .containsExactly(2, 3, 4, 6);
  }

  @Test
  void what_makes_no_sense_together_is_told() {
    for (String wrong :
        List.of(
            "[[source]]\nname = \"m\"\npaths = [\"/x\"]\n",
            SOURCE,
            SOURCE + "at = \"02:30\"\npaths = [\"/x\"]\n",
            SOURCE + "paths = [\"/x\"]\n" + SOURCE + "paths = [\"/y\"]\n",
            "[[copy]]\nname = \"usb\"\nevery = \"1d\"\n",
            "[retention]\nevery = \"1d\"\n",
            "[prune]\nevery = \"1d\"\ngrace = \"1h\"\n",
            "[prune]\nmax-unused = 5\n",
            "[notify]\ndigest = \"Mon 08:00\"\n",
            "[notify]\nwebhook = \"https://x/\"\nwebhook-file = \"/x\"\n",
            "[[hook]]\non = \"before\"\n",
            "[[hook]]\non = \"before\"\ncommand = \"true\"\nnames = [\"mial\"]\n")) {
      List<Mistake> mistakes = Settings.parse(wrong, Map.of(), Map.of()).mistakes();
      assertThat(mistakes).as(wrong).hasSize(1);
      assertThat(mistakes.getFirst().advice()).as(wrong).isNotEmpty();
    }
  }

  @Test
  void what_breaks_the_parser_of_toml_is_a_mistake_too() {
    for (String broken :
        List.of(
            "a = \"\\",
            "= ",
            "[",
            "[[",
            "a = [",
            "\u0000",
            "a.b = 1\na = 2",
            "a = " + "[".repeat(50_000))) {
      assertThat(Settings.parse(broken, Map.of(), Map.of()).mistakes()).as(broken).isNotEmpty();
    }
  }

  @Test
  void the_sample_is_right_as_it_is_and_with_all_that_is_behind_a_hash() {
    assertThat(Settings.parse(Sample.text(), Map.of(), Map.of()).mistakes()).isEmpty();
    // Of two keys that exclude each other the second is left out.
    String whole =
        Sample.text()
            .lines()
            .filter(line -> !line.contains("# instead"))
            .map(line -> line.matches("#(\\[\\[|[a-z0-9-]+ = ).*") ? line.substring(1) : line)
            .reduce("", (a, b) -> a + b + "\n");
    Settings settings = Settings.parse(whole, Map.of(), Map.of());
    assertThat(settings.mistakes()).isEmpty();
    assertThat(Configuration.of(settings).steps())
        .extracting(Step::title)
        .containsExactly("backup mail", "copy usb", "forget", "prune", "check");
  }

  @Test
  void the_sample_has_every_key_of_every_table() {
    String section = "";
    Set<String> seen = new HashSet<>();
    for (String line : Sample.text().lines().toList()) {
      String bare = line.startsWith("#") ? line.substring(1) : line;
      if (bare.matches("\\[+[a-z]+]+")) {
        section = bare.replaceAll("[\\[\\]]", "");
      } else if (bare.matches("[a-z0-9-]+ = .*")) {
        seen.add(section + "." + bare.substring(0, bare.indexOf(' ')));
      }
    }
    assertThat(Stream.concat(Schema.single().stream(), Schema.repeated().stream()).map(Key::path))
        .allSatisfy(path -> assertThat(seen).contains(path));
  }

  @Test
  void a_step_is_the_command_that_an_administrator_would_type() {
    String toml =
        """
        [[source]]
        name = "mail"
        at = "Sun 02:30"
        profiles = ["qmail", "vpopmail"]
        paths = ["/root/notes"]
        exclude = ["*.tmp"]
        one-file-system = true
        commands = { "a.sql" = "dump x" }
        [[copy]]
        name = "usb"
        to = "/mnt/usb"
        every = "1d"
        verify = true
        to-key-file = "credential:usb"
        [retention]
        keep-daily = 14
        keep-tag = ["a", "b"]
        [check]
        every = "1d"
        read-data-subset = "5%"
        """;
    Configuration configuration =
        Configuration.of(Settings.parse(toml, Map.of(), Map.of("CREDENTIALS_DIRECTORY", "/c")));
    assertThat(configuration.steps())
        .extracting(step -> step.schedule() + ": " + String.join(" ", step.arguments()))
        .containsExactly(
            "Sun at 02:30: backup --profile=qmail,vpopmail --command=a.sql=dump x --exclude=*.tmp"
                + " --one-file-system -- /root/notes",
            "every 1d: copy --to=/mnt/usb --verify --to-key-file=/c/usb",
            "every 1d: forget --keep-daily=14 --keep-tag=a --keep-tag=b",
            "every 1d: check --read-data-subset=5%");
  }
}
