package org.mailkeep.engine.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.encoding.MalformedException;

/**
 * POSIX ACLs as archives have them, acl(5): text in the records {@code SCHILY.acl.access} and
 * {@code SCHILY.acl.default}; the kernel has them as bytes, linux/posix_acl_xattr.h.
 */
final class AclText {

  /** The attributes that hold an ACL, with the record of each. */
  enum Place {
    ACCESS("system.posix_acl_access", "SCHILY.acl.access"),
    DEFAULT("system.posix_acl_default", "SCHILY.acl.default");

    final String attribute;
    final String record;

    Place(String attribute, String record) {
      this.attribute = attribute;
      this.record = record;
    }
  }

  private static final int VERSION = 2;
  private static final int HEADER = 4;
  private static final int ENTRY = 8;
  private static final int NO_ID = -1;
  private static final int MOST = 4096;

  private enum Tag {
    USER_OBJ(0x01, "user"),
    USER(0x02, "user"),
    GROUP_OBJ(0x04, "group"),
    GROUP(0x08, "group"),
    MASK(0x10, "mask"),
    OTHER(0x20, "other");

    private final int code;
    private final String word;

    Tag(int code, String word) {
      this.code = code;
      this.word = word;
    }

    boolean hasId() {
      return this == USER || this == GROUP;
    }
  }

  private record Entry(Tag tag, int permissions, int id) {}

  private AclText() {}

  /** The text of an ACL's bytes, ids as numbers; empty where they are none. */
  static Optional<String> of(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (value.length < HEADER || value.length % ENTRY != HEADER || in.getInt() != VERSION) {
      return Optional.empty();
    }
    List<String> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      int code = in.getShort();
      int permissions = in.getShort();
      int id = in.getInt();
      Optional<Tag> tag = tag(code);
      if (tag.isEmpty() || (permissions & ~7) != 0) {
        return Optional.empty();
      }
      String qualifier = tag.get().hasId() ? Integer.toUnsignedString(id) : "";
      entries.add(tag.get().word + ":" + qualifier + ":" + letters(permissions));
    }
    return Optional.of(String.join(",", entries));
  }

  private static Optional<Tag> tag(int code) {
    for (Tag tag : Tag.values()) {
      if (tag.code == code) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  private static String letters(int permissions) {
    return ((permissions & 4) != 0 ? "r" : "-")
        + ((permissions & 2) != 0 ? "w" : "-")
        + ((permissions & 1) != 0 ? "x" : "-");
  }

  /**
   * The bytes of an ACL's text: entries between commas or line ends. bsdtar and star write the
   * number behind a name, {@code user:anna:rw-:1001}; where only a name stands, it is looked up.
   *
   * @throws MalformedException where it is none, or names somebody unknown
   */
  static byte[] parse(String text, AccountDatabase host) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.split("[,\n]", -1)) {
      String entry = line.replaceFirst("#.*", "").strip();
      if (!entry.isEmpty()) {
        entries.add(parse(entry.split(":", -1), host));
      }
    }
    if (entries.isEmpty() || entries.size() > MOST) {
      throw new MalformedException("an ACL of " + entries.size() + " entries");
    }
    // The kernel wants them in this order and refuses others.
    entries.sort(
        (a, b) ->
            a.tag != b.tag
                ? Integer.compare(a.tag.code, b.tag.code)
                : Integer.compareUnsigned(a.id, b.id));
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + ENTRY * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(VERSION);
    for (Entry entry : entries) {
      out.putShort((short) entry.tag.code).putShort((short) entry.permissions).putInt(entry.id);
    }
    return out.array();
  }

  private static Entry parse(String[] fields, AccountDatabase host) {
    boolean shortForm = fields.length == 2;
    if (fields.length < 2 || fields.length > 4) {
      throw broken(fields);
    }
    String qualifier = shortForm ? "" : fields[1];
    int permissions = permissions(fields[shortForm ? 1 : 2], fields);
    String number = fields.length == 4 ? fields[3] : qualifier;
    return switch (fields[0]) {
      case "user", "u" ->
          qualifier.isEmpty()
              ? new Entry(Tag.USER_OBJ, permissions, NO_ID)
              : new Entry(
                  Tag.USER,
                  permissions,
                  id(number, name -> host.user(name).map(UserAccount::uid), fields));
      case "group", "g" ->
          qualifier.isEmpty()
              ? new Entry(Tag.GROUP_OBJ, permissions, NO_ID)
              : new Entry(
                  Tag.GROUP,
                  permissions,
                  id(number, name -> host.group(name).map(GroupAccount::gid), fields));
      case "mask", "m" -> new Entry(Tag.MASK, permissions, NO_ID);
      case "other", "o" -> new Entry(Tag.OTHER, permissions, NO_ID);
      default -> throw broken(fields);
    };
  }

  private static int permissions(String letters, String[] fields) {
    int permissions = 0;
    for (int i = 0; i < letters.length(); i++) {
      switch (letters.charAt(i)) {
        case 'r' -> permissions |= 4;
        case 'w' -> permissions |= 2;
        case 'x' -> permissions |= 1;
        case '-' -> {}
        default -> throw broken(fields);
      }
    }
    return permissions;
  }

  private static int id(String text, Function<String, Optional<Integer>> look, String[] fields) {
    boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      return isNumber
          ? Integer.parseUnsignedInt(text)
          : look.apply(text).orElseThrow(() -> broken(fields));
    } catch (NumberFormatException e) {
      throw broken(fields);
    }
  }

  private static MalformedException broken(String[] fields) {
    return new MalformedException("an ACL entry '" + String.join(":", fields) + "'");
  }
}
