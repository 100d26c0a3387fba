package org.mailkeep.model.tree;

import org.mailkeep.model.ByteString;

/**
 * One extended attribute, xattr(7); POSIX ACLs and capabilities are such too.
 *
 * @param name with its namespace, such as {@code user.comment}
 * @param value the bytes of the value
 */
public record Attribute(ByteString name, ByteString value) {

  /** The longest value that Linux allows (XATTR_SIZE_MAX), in bytes. */
  public static final int MAX_VALUE = 65536;
}
