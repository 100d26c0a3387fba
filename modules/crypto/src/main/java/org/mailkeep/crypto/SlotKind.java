package org.mailkeep.crypto;

/** With what a key slot is opened. */
public enum SlotKind {
  /** A passphrase. */
  PASSPHRASE(1),
  /** A key file. */
  KEY_FILE(2),
  /** The private key of a recipient. */
  RECIPIENT(3);

  private final int code;

  SlotKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
