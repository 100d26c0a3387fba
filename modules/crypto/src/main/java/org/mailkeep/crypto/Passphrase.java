package org.mailkeep.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.mailkeep.model.error.KeyException;

/**
 * A passphrase as UTF-8 in Unicode's normal form C, so that "é" is the same from every keyboard. It
 * is never printed; {@link #close} wipes it. For one thread.
 */
public final class Passphrase implements SlotSecret, AutoCloseable {

  private static final String ADVICE = "Type it again, or write the password file as UTF-8 text.";

  /** Below the first combining character everything is in normal form C, in any order. */
  private static final int ALWAYS_NORMAL = 0x300;

  private final byte[] utf8;
  private boolean wiped;

  private Passphrase(byte[] utf8) {
    if (utf8.length == 0) {
      throw new KeyException("The passphrase is empty", "Choose one of several words.");
    }
    this.utf8 = utf8;
  }

  /**
   * The passphrase of these characters; the caller wipes the array.
   *
   * @throws KeyException if it is empty or no valid text
   */
  public static Passphrase of(char[] characters) {
    return of(CharBuffer.wrap(characters));
  }

  /**
   * The passphrase of these bytes of UTF-8, all of them, also a line end; the caller wipes the
   * array.
   *
   * @throws KeyException if it is empty or not UTF-8
   */
  public static Passphrase ofUtf8(byte[] bytes) {
    try {
      CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      Passphrase passphrase = of(characters);
      Arrays.fill(characters.array(), '\0');
      return passphrase;
    } catch (CharacterCodingException e) {
      throw new KeyException("The passphrase is not valid UTF-8", ADVICE);
    }
  }

  private static Passphrase of(CharBuffer characters) {
    // What has other letters passes through a String, which nobody can wipe.
    CharBuffer normal =
        characters.chars().allMatch(c -> c < ALWAYS_NORMAL)
            ? characters
            : CharBuffer.wrap(Normalizer.normalize(characters, Normalizer.Form.NFC));
    try {
      CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
      // Room for all of it: a buffer that grows leaves its smaller ones behind.
      ByteBuffer encoded =
          ByteBuffer.allocate((int) (normal.remaining() * encoder.maxBytesPerChar()));
      CoderResult result = encoder.encode(normal.duplicate(), encoded, true);
      if (result.isError()) {
        result.throwException();
      }
      byte[] utf8 = new byte[encoded.flip().remaining()];
      encoded.get(utf8).clear().put(new byte[encoded.capacity()]);
      return new Passphrase(utf8);
    } catch (CharacterCodingException e) {
      throw new KeyException("The passphrase has half a character in it", ADVICE);
    }
  }

  /** The bytes themselves, not a copy. */
  byte[] utf8() {
    if (wiped) {
      throw new IllegalStateException("the passphrase is wiped");
    }
    return utf8;
  }

  /** Wipes the passphrase. */
  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
    wiped = true;
  }

  /** Says nothing of what the passphrase is. */
  @Override
  public String toString() {
    return "a passphrase";
  }
}
