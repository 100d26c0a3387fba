package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.RawPath;

class KernelFoldersTest {

  @Test
  void mount_points_of_the_kernels_file_systems_are_found() {
    String mounts =
        """
        22 27 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
        23 27 0:21 / /proc rw,nosuid shared:13 - proc proc rw
        27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
        30 27 0:30 / /run/a\\040b rw - tmpfs tmpfs rw
        31 27 0:31 / /mnt/caf\u00c3\u00a9\\040\\011x\\134y rw master:1 shared:2 - cgroup2 cgroup rw
        broken line
        32 27 - proc proc rw
        """;
    assertThat(KernelFolders.parse(mounts))
        .containsExactlyInAnyOrder(
            RawPath.of("/sys"), RawPath.of("/proc"), RawPath.of("/mnt/café \tx\\y"));
    assertThat(KernelFolders.parse("")).isEmpty();
  }

  @Test
  void this_machine_has_one_at_proc() {
    assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")));
    assertThat(KernelFolders.find()).contains(RawPath.of("/proc"));
  }
}
