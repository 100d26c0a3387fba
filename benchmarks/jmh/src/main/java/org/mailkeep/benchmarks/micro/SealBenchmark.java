package org.mailkeep.benchmarks.micro;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mailkeep.crypto.BlockOpener;
import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of incompressible bytes, sealed and opened. */
@State(Scope.Benchmark)
@OperationsPerInvocation(SealBenchmark.BYTES)
public class SealBenchmark {

  static final int BYTES = 1 << 20;

  private static final int TAG_BITS = 8 * BlockSealer.OVERHEAD;
  private static final byte[] ADDITIONAL = {1};

  private final byte[] plain = new byte[BYTES];
  private final byte[] out = new byte[BYTES + BlockSealer.OVERHEAD];
  private final BlockSealer sealer;
  private final BlockOpener opener;
  private final byte[] sealed;
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private final Cipher cipher = JdkCrypto.aesGcm();
  private final byte[] encrypted = new byte[BYTES + BlockSealer.OVERHEAD];
  private long number;

  /** Makes what the benchmarks work on. */
  public SealBenchmark() {
    new SplittableRandom(1).nextBytes(plain);
    KeySet keys = MailSample.keys();
    sealer = keys.startSealing().newObject(1);
    ObjectId id = ObjectId.generate(new SecureRandom());
    sealed = keys.symmetricSealer(Purpose.STATE, id).seal(0, ADDITIONAL, plain);
    opener = keys.symmetricOpener(Purpose.STATE, id);
  }

  /** What is decrypted. */
  @Setup
  public void encryptFirst() throws GeneralSecurityException {
    encrypt();
    System.arraycopy(out, 0, encrypted, 0, out.length);
  }

  private static GCMParameterSpec nonce(long number) {
    return new GCMParameterSpec(TAG_BITS, ByteBuffer.allocate(12).putLong(4, number).array());
  }

  /** As a pack's blocks are sealed. */
  @Benchmark
  public int seal() {
    return sealer.seal(number++, ADDITIONAL, plain, 0, BYTES, out, 0);
  }

  /** As a pack's blocks are opened. */
  @Benchmark
  public int open() {
    return opener.open(0, ADDITIONAL, sealed, 0, sealed.length, out, 0);
  }

  /** The JDK's cipher, the block as a whole. */
  @Benchmark
  public int encrypt() throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number++));
    return cipher.doFinal(plain, 0, BYTES, out, 0);
  }

  /** The JDK's cipher, the block as a whole. */
  @Benchmark
  public int decrypt() throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, key, nonce(0));
    return cipher.doFinal(encrypted, 0, encrypted.length, out, 0);
  }
}
