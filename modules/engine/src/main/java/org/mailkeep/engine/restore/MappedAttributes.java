package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.IntUnaryOperator;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.tree.Attribute;

/**
 * Owners inside attributes: an ACL names users and groups by number. Its bytes are those of
 * linux/posix_acl_xattr.h: a version, 2, of four bytes, then entries of a tag and permissions, two
 * bytes each, and a number of four, all little-endian.
 */
public final class MappedAttributes {

  private static final ByteString ACCESS_ACL =
      ByteString.of("system.posix_acl_access".getBytes(US_ASCII));
  private static final ByteString DEFAULT_ACL =
      ByteString.of("system.posix_acl_default".getBytes(US_ASCII));

  private static final int HEADER = 4;
  private static final int ENTRY = 8;
  private static final int VERSION = 2;
  private static final int USER = 0x02;
  private static final int GROUP = 0x08;

  private MappedAttributes() {}

  /**
   * Whether an attribute of this name belongs to a file as its owner made it, so that it has no
   * place on one that the snapshot has without it. Labels, such as SELinux's, a system gives by
   * itself.
   */
  static boolean isOfFile(ByteString name) {
    String text = name.text();
    return isAcl(name)
        || text.startsWith("user.")
        || text.startsWith("trusted.")
        || text.equals("security.capability");
  }

  private static boolean isAcl(ByteString name) {
    return name.equals(ACCESS_ACL) || name.equals(DEFAULT_ACL);
  }

  /** The value that an attribute gets; a copy. */
  public static byte[] value(Attribute attribute, OwnerMapping mapping) {
    byte[] value = attribute.value().bytes();
    if (isAcl(attribute.name())
        && value.length >= HEADER
        && value.length % ENTRY == HEADER
        && value[0] == VERSION) {
      for (int at = HEADER; at < value.length; at += ENTRY) {
        switch ((value[at] & 0xff) | (value[at + 1] & 0xff) << 8) {
          case USER -> replace(value, at + 4, mapping::uid);
          case GROUP -> replace(value, at + 4, mapping::gid);
          default -> {}
        }
      }
    }
    return value;
  }

  private static void replace(byte[] value, int at, IntUnaryOperator map) {
    int id = 0;
    for (int i = 3; i >= 0; i--) {
      id = id << 8 | (value[at + i] & 0xff);
    }
    int mapped = map.applyAsInt(id);
    for (int i = 0; i < 4; i++) {
      value[at + i] = (byte) (mapped >>> (8 * i));
    }
  }
}
