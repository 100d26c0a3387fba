package org.mailkeep.crypto;

import org.mailkeep.model.encoding.MalformedException;

/** What a key set is good for. */
public enum KeySetKind {
  /** Reading and writing. */
  FULL(1),
  /** Writing only. */
  WRITER(2);

  private final int code;

  KeySetKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static KeySetKind of(int code) {
    return switch (code) {
      case 1 -> FULL;
      case 2 -> WRITER;
      default -> throw new MalformedException("no kind of key set: " + code);
    };
  }
}
