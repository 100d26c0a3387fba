package org.mailkeep.model.tree;

import java.util.List;

/**
 * What the file system knows of a file beside its name, type and content.
 *
 * @param mode permission bits with setuid, setgid and sticky: the low twelve bits of st_mode
 * @param uid the owner's number, an unsigned 32-bit number
 * @param gid the group's number, an unsigned 32-bit number
 * @param mtimeSeconds modification time, seconds since 1970
 * @param mtimeNanos its nanoseconds, 0 to 999,999,999
 * @param attributes extended attributes, sorted by name
 */
public record Metadata(
    int mode, int uid, int gid, long mtimeSeconds, int mtimeNanos, List<Attribute> attributes) {

  /** Copies the list, checks the ranges. */
  public Metadata {
    attributes = List.copyOf(attributes);
    if (mode < 0 || mode > 07777 || mtimeNanos < 0 || mtimeNanos > 999_999_999) {
      throw new IllegalArgumentException("mode " + mode + ", nanoseconds " + mtimeNanos);
    }
  }
}
