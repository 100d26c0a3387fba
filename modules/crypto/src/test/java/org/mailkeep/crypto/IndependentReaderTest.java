package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mailkeep.model.encoding.ByteWriter;

/** A second implementation, written from the layouts with nothing but the JDK. */
final class IndependentReaderTest {

  @SeededTest
  void a_block_opens_from_the_bytes_of_the_key_set_the_envelope_and_the_id(long seed)
      throws Exception {
    SeededRandom random = new SeededRandom(seed);
    FullKeys keys = FullKeys.generate(random).withNewDataKey(random);
    SealingSession session = keys.writer().startSealing(random);
    BlockSealer object = session.newObject(200);
    byte[] message = random.bytes(1000);
    byte[] sealed = object.seal(1L << 40, new byte[] {5}, message);
    ByteWriter envelope = new ByteWriter();
    session.envelope().write(envelope);

    byte[] secret = secret(keys.encode(), envelope.toByteArray());
    byte[] key = hkdf(secret, object.id().bytes(), "mailkeep 1 object", new byte[] {(byte) 200});
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(1L << 40).array();
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(new byte[] {5});
    assertThat(cipher.doFinal(sealed)).isEqualTo(message);
  }

  private static byte[] secret(byte[] keySet, byte[] envelope) throws GeneralSecurityException {
    byte[] sealKey = Arrays.copyOfRange(keySet, 66, 98);
    int last = keySet.length - 8 - 96;
    byte[] x25519 = Arrays.copyOfRange(keySet, last, last + 32);
    byte[] seed = Arrays.copyOfRange(keySet, last + 32, last + 96);
    byte[] ephemeral = Arrays.copyOfRange(envelope, 8, 40);
    byte[] ciphertext = Arrays.copyOfRange(envelope, 40, 1128);
    byte[] basePoint = new byte[32];
    basePoint[0] = 9;
    byte[] x25519Public = JdkKeys.x25519(x25519, basePoint);
    MessageDigest id = MessageDigest.getInstance("SHA-256");
    id.update(x25519Public);
    byte[] dataKeyId = Arrays.copyOf(id.digest(JdkKeys.mlKemPublicBytes(seed)), 8);
    assertThat(Arrays.copyOf(envelope, 8)).isEqualTo(dataKeyId);
    byte[] input =
        join(JdkKeys.decapsulate(seed, ciphertext), JdkKeys.x25519(x25519, ephemeral), sealKey);
    byte[] context = join(ciphertext, ephemeral, x25519Public, dataKeyId);
    return hkdf(input, new byte[0], "mailkeep 1 kem", context);
  }

  private static byte[] hkdf(byte[] secret, byte[] salt, String use, byte[] context)
      throws GeneralSecurityException {
    byte[] info = join(use.getBytes(StandardCharsets.US_ASCII), context);
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info, 32));
  }

  private static byte[] join(byte[]... parts) {
    ByteWriter out = new ByteWriter();
    for (byte[] part : parts) {
      out.raw(part);
    }
    return out.toByteArray();
  }
}
