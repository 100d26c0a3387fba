package org.mailkeep.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A word that gives access to whoever knows it. It is never printed by accident. */
public final class Secret {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 24;

  private final String word;

  private Secret(String word) {
    this.word = word;
  }

  /** A given one. */
  public static Secret of(String word) {
    return new Secret(word);
  }

  /** A new one, of 192 random bits. */
  public static Secret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The word, for whoever is to know it. */
  public String word() {
    return word;
  }

  /** Whether it is this word; how long that takes tells nothing about it. */
  public boolean is(String other) {
    return MessageDigest.isEqual(digest(word), digest(other));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
