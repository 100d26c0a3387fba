package org.mailkeep.engine.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.mailkeep.model.RawPath;

/** Finds where file systems are mounted that hold nothing but the kernel's state. */
final class KernelFolders {

  private static final Set<String> TYPES =
      Set.of(
          "proc",
          "sysfs",
          "devtmpfs",
          "devpts",
          "cgroup",
          "cgroup2",
          "securityfs",
          "debugfs",
          "tracefs",
          "pstore",
          "bpf",
          "mqueue",
          "configfs",
          "fusectl",
          "binfmt_misc",
          "autofs",
          "efivarfs",
          "hugetlbfs",
          "rpc_pipefs",
          "nsfs");

  private KernelFolders() {}

  /** The mount points, from /proc/self/mountinfo (proc(5)); none where that cannot be read. */
  static Set<RawPath> find() {
    try {
      return parse(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Set.of();
    }
  }

  static Set<RawPath> parse(String mountInfo) {
    Set<RawPath> folders = new HashSet<>();
    for (String line : mountInfo.split("\n", -1)) {
      int separator = line.indexOf(" - ");
      if (separator > 0) {
        String[] fields = line.substring(0, separator).split(" ", -1);
        String type = line.substring(separator + 3).split(" ", 2)[0];
        if (fields.length > 4 && TYPES.contains(type)) {
          folders.add(RawPath.of(unescape(fields[4]).getBytes(StandardCharsets.ISO_8859_1)));
        }
      }
    }
    return folders;
  }

  /** The kernel writes blanks, tabs, line feeds and backslashes as three octal digits. */
  private static String unescape(String field) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length()) {
        out.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
