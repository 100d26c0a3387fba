package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

/** Which part of a snapshot comes back. */
class SelectionRestoreTest extends RestoreFixture {

  @Test
  void a_part_comes_back_with_all_below_it_and_nothing_beside() throws IOException {
    Restore.Report report = restore().part(source.resolve("b/d")).to(target);
    assertThat(report.files()).isEqualTo(2);
    assertThat(names(back())).containsExactly("b", "b/d", "b/d/e", "b/d/f.tmp");
    assertThat(TreeImage.of(back().resolve("b/d"))).isEqualTo(TreeImage.of(source.resolve("b/d")));
  }

  @Test
  void a_part_may_be_a_single_file() throws IOException {
    Object _ = restore().part(source.resolve("b/c")).to(target);
    assertThat(names(back())).containsExactly("b", "b/c");
  }

  @Test
  void a_part_that_is_not_in_the_snapshot_is_not_found_and_nothing_is_written() {
    RestoreRun restore = restore().part(source.resolve("b/nowhere"));
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("b/nowhere");
    assertThat(target).doesNotExist();
  }

  @Test
  void inclusions_and_exclusions_choose() throws IOException {
    RestoreRun restore = restore();
    Object _ = restore.include("d").exclude("*.tmp").to(target);
    assertThat(names(back())).containsExactly("b", "b/d", "b/d/e");
  }

  @Test
  void an_inclusion_that_fits_nothing_is_a_mistake_of_the_users() {
    RestoreRun restore = restore().include("nowhere");
    assertThatThrownBy(() -> restore.to(target)).isInstanceOf(UsageException.class);
    assertThat(target).doesNotExist();
  }
}
