package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

/** What a dry run says before anything is done. */
class PlanTest extends RestoreFixture {

  @Test
  void everything_is_to_be_made_in_a_target_that_is_not_there() {
    RestoreRun restore = restore();
    Plan plan = restore.dryRunTo(target);
    assertThat(target).doesNotExist();
    assertThat(plan.of(Change.MAKE))
        .isEqualTo(new Plan.Tally(6, 3 + source.getNameCount() - 1, 1 + 3 + 5 + 9 + 1));
    assertThat(plan.refusals()).isEmpty();
    assertThat(restore.planned())
        .endsWith(
            "make " + source,
            "make " + source + "/a",
            "make " + source + "/b",
            "make " + source + "/b/c",
            "make " + source + "/b/d",
            "make " + source + "/b/d/e",
            "make " + source + "/b/d/f.tmp",
            "make " + source + "/b/link",
            "make " + source + "/z");
    Restore.Report report = restore.to(target);
    assertThat(report.bytes()).isEqualTo(plan.bytesToWrite());
    assertThat(report.files()).isEqualTo(6);
  }

  @Test
  void only_directories_that_lead_to_something_are_told_of() throws IOException {
    write("empty/of/what/is/wanted");
    RestoreRun restore = restore().include("e");
    Object _ = restore.dryRunTo(target);
    assertThat(restore.planned())
        .endsWith("make " + source + "/b", "make " + source + "/b/d", "make " + source + "/b/d/e")
        .noneMatch(line -> line.contains("empty"));
  }

  @Test
  void what_stands_in_the_way_is_told_all_at_once_and_nothing_changes() throws IOException {
    Files.createDirectories(back("a"));
    Files.writeString(back("b"), "a file");
    Files.writeString(back("z"), "mine");
    Map<String, String> before = TreeImage.of(target);
    RestoreRun restore = restore();
    Plan plan = restore.dryRunTo(target);
    assertThat(restore.planned())
        .contains(
            "blocked " + source + "/a", "blocked " + source + "/b", "blocked " + source + "/z");
    assertThat(restore.planned(source.resolve("b")).reason()).contains("no directory");
    assertThat(plan.refusals())
        .anyMatch(text -> text.contains("another kind"))
        .anyMatch(text -> text.contains("1 file exists already"));
    assertThat(TreeImage.of(target)).isEqualTo(before);
  }

  @Test
  void what_is_there_is_kept_or_replaced_as_was_asked() throws IOException {
    Object _ = restore().to(target);
    assertThat(restore().skip().dryRunTo(target).of(Change.KEEP).files()).isEqualTo(6);
    Plan replace = restore().replace().dryRunTo(target);
    assertThat(replace.of(Change.REPLACE).files()).isEqualTo(6);
    assertThat(replace.bytesToWrite()).isEqualTo(19);
  }

  @Test
  void owners_are_counted() {
    Plan plan = restore().dryRunTo(target);
    assertThat(plan.users())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.number()).isEqualTo(owner.numberThere());
              assertThat(owner.name()).isEqualTo(System.getProperty("user.name"));
              assertThat(owner.entries()).isEqualTo(6 + 3 + source.getNameCount() - 1);
            });
  }

  @Test
  void names_of_one_file_are_written_once() throws IOException {
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    assertThat(restore().dryRunTo(target).bytesToWrite()).isEqualTo(19);
  }

  @Test
  void what_is_not_there_to_restore_is_told_as_by_a_restore() {
    RestoreRun nothing = restore().include("nowhere");
    assertThatThrownBy(() -> nothing.dryRunTo(target)).isInstanceOf(UsageException.class);
    RestoreRun nowhere = restore().part(Path.of("/nowhere"));
    assertThatThrownBy(() -> nowhere.dryRunTo(target)).isInstanceOf(NotFoundException.class);
  }
}
