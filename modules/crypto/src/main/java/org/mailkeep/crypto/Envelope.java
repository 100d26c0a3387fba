package org.mailkeep.crypto;

import java.util.Arrays;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * What the holder of a private key needs to find a writing process's secret; every object carries
 * its writer's. Immutable.
 *
 * <pre>
 * data key id             8   which public key it is for
 * ephemeral public key   32   X25519 (RFC 7748), made for this envelope
 * ciphertext          1,088   ML-KEM-768 (FIPS 203)
 * </pre>
 */
public final class Envelope {

  /** The length of an envelope in bytes. */
  public static final int LENGTH = DataKeyId.LENGTH + Curve25519.LENGTH + MlKem768.CIPHERTEXT;

  private final DataKeyId dataKey;
  private final byte[] ephemeral;
  private final byte[] ciphertext;

  Envelope(DataKeyId dataKey, byte[] ephemeral, byte[] ciphertext) {
    this.dataKey = dataKey;
    this.ephemeral = ephemeral;
    this.ciphertext = ciphertext;
  }

  /**
   * Reads the 1,128 bytes that {@link #write} wrote. Any bytes are an envelope; whether it is the
   * right one shows when the first block is opened.
   */
  public static Envelope read(ByteReader in) {
    return new Envelope(DataKeyId.read(in), in.raw(Curve25519.LENGTH), in.raw(MlKem768.CIPHERTEXT));
  }

  /** Writes the 1,128 bytes. */
  public void write(ByteWriter out) {
    dataKey.write(out);
    out.raw(ephemeral).raw(ciphertext);
  }

  /** The data key whose private part opens the envelope. */
  public DataKeyId dataKey() {
    return dataKey;
  }

  byte[] ephemeral() {
    return ephemeral.clone();
  }

  byte[] ciphertext() {
    return ciphertext.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && dataKey.equals(that.dataKey)
        && Arrays.equals(ephemeral, that.ephemeral)
        && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ephemeral);
  }

  @Override
  public String toString() {
    return "envelope for data key " + dataKey;
  }
}
