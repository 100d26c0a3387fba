package org.mailkeep.crypto;

/**
 * What a key derived from the seal key is for. Every holder of a key set, also a writer, has these
 * keys.
 */
public enum Purpose {
  /** Sealing index segments: which chunk lies in which pack. */
  INDEX("index"),
  /** Sealing a pack's table of contents. */
  PACK_TABLE("pack table"),
  /** Sealing lists of packs that will be removed. */
  CONDEMNED("condemned"),
  /** Sealing marks on snapshots. */
  MARK("mark"),
  /** Sealing what a host remembers between runs. */
  STATE("state"),
  /** Authenticating the plain repository file. */
  CONFIG("config"),
  /** Authenticating key slots. */
  SLOT("slot"),
  /** Authenticating how much parity packs get. */
  PARITY("parity"),
  /** Authenticating that a pack was set aside. */
  SET_ASIDE("set aside");

  private final String text;

  Purpose(String text) {
    this.text = text;
  }

  /** HKDF's info for the key that seals one object. */
  byte[] sealInfo() {
    return Hkdf.info(text);
  }

  /** HKDF's info for the key that authenticates. */
  byte[] macInfo() {
    return Hkdf.info("mac " + text);
  }
}
