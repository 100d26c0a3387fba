package org.mailkeep.unix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.mailkeep.model.error.RefusedException;

/**
 * Who this process is and what it may do, from /proc/self/status, proc(5). Capabilities are those
 * of the user namespace: in a container they may cover less than they say.
 *
 * @param effectiveUid the effective user, unsigned 32 bits
 * @param effectiveGid the effective group, unsigned 32 bits
 * @param groups the effective and the supplementary groups, unsigned 32 bits each
 * @param capabilities the effective set, one bit each, numbered as in capabilities(7)
 */
public record Credentials(
    int effectiveUid, int effectiveGid, Set<Integer> groups, long capabilities) {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final int CAP_CHOWN = 0;
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAP_DAC_READ_SEARCH = 2;

  /** Copies the set. */
  public Credentials {
    groups = Set.copyOf(groups);
  }

  /** Those of this process. */
  public static Credentials current() {
    try {
      return parse(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new RefusedException(
          STATUS + " cannot be read: " + e.getMessage(), "Mount /proc and try again.", e);
    }
  }

  static Credentials parse(String status) {
    String[] uids = field(status, "Uid:").split("\\s+", -1);
    Set<Integer> groups = new HashSet<>();
    int gid = Integer.parseUnsignedInt(field(status, "Gid:").split("\\s+", -1)[1]);
    groups.add(gid);
    for (String group : field(status, "Groups:").split("\\s+", -1)) {
      if (!group.isEmpty()) {
        groups.add(Integer.parseUnsignedInt(group));
      }
    }
    return new Credentials(
        Integer.parseUnsignedInt(uids[1]),
        gid,
        groups,
        Long.parseUnsignedLong(field(status, "CapEff:"), 16));
  }

  private static String field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElseThrow(() -> new RefusedException(STATUS + " has no line " + name, ""));
  }

  /** Whether the process may give files to any owner: CAP_CHOWN. */
  public boolean mayChangeOwner() {
    return has(CAP_CHOWN);
  }

  /** Whether the process may read all files: CAP_DAC_READ_SEARCH, or CAP_DAC_OVERRIDE. */
  public boolean mayReadAll() {
    return has(CAP_DAC_READ_SEARCH) || has(CAP_DAC_OVERRIDE);
  }

  private boolean has(int capability) {
    return (capabilities >>> capability & 1) != 0;
  }
}
