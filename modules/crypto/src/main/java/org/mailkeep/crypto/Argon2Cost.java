package org.mailkeep.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

/**
 * What guessing one passphrase costs: Argon2id, version 1.3 (RFC 9106). The limits keep a hostile
 * slot from asking for more than a large server has.
 *
 * @param memoryKiB memory in KiB, at least 8 for each lane, at most 4 GiB
 * @param passes over the memory, 1 to 64
 * @param lanes that may be computed side by side, 1 to 64
 */
public record Argon2Cost(int memoryKiB, int passes, int lanes) {

  private static final int MAX_MEMORY_KIB = 4 << 20;
  private static final int MAX_PASSES = 64;
  private static final int MAX_LANES = 64;

  /**
   * The memory and passes of RFC 9106's second recommendation, which also fit into the heap that
   * Java takes on a host with 512 MB. One lane instead of four: Bouncy Castle computes lanes one
   * after the other, so more would only help who guesses. Measured with Bouncy Castle 1.87 on an
   * AMD EPYC: 0.59 s in a fresh JVM, which is what a command pays, and 0.23 s in a warm one.
   */
  public static final Argon2Cost DEFAULT = new Argon2Cost(64 << 10, 3, 1);

  /** Checks the limits. */
  public Argon2Cost {
    if (passes < 1
        || passes > MAX_PASSES
        || lanes < 1
        || lanes > MAX_LANES
        || memoryKiB < 8 * lanes
        || memoryKiB > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "no Argon2 cost: " + memoryKiB + " KiB, " + passes + " passes, " + lanes + " lanes");
    }
  }

  /** Reads what {@link #write} wrote. */
  static Argon2Cost read(ByteReader in) {
    int memoryKiB = in.u32();
    int passes = in.u32();
    int lanes = in.u32();
    try {
      return new Argon2Cost(memoryKiB, passes, lanes);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /** Writes memory, passes and lanes, four bytes each. */
  void write(ByteWriter out) {
    out.u32(memoryKiB).u32(passes).u32(lanes);
  }

  /** The 32 bytes that Argon2id makes of the passphrase and salt, as a key for AES-256. */
  SecretKey key(byte[] passphrase, byte[] salt) {
    if (memoryKiB > Runtime.getRuntime().maxMemory() / 1024 * 9 / 10) {
      int mebibytes = memoryKiB >> 10;
      throw new KeyException(
          "The passphrase's key slot takes " + mebibytes + " MiB of memory to open",
          "Give Java more, with MAILKEEP_JAVA_OPTIONS=-Xmx"
              + 2 * mebibytes
              + "m, or open the repository with another key.");
    }
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKiB)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[32];
    argon2.generateBytes(passphrase, key);
    SecretKey made = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return made;
  }
}
