package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;

final class HkdfTest {

  @Test
  void the_first_case_of_rfc_5869_comes_out() {
    byte[] out =
        Hkdf.derive(
            Broken.hex("0b".repeat(22)),
            Broken.hex("000102030405060708090a0b0c"),
            Broken.hex("f0f1f2f3f4f5f6f7f8f9"),
            42);
    assertThat(out)
        .isEqualTo(
            Broken.hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
  }

  @Test
  void the_third_case_of_rfc_5869_without_salt_and_info_comes_out() {
    byte[] out = Hkdf.derive(Broken.hex("0b".repeat(22)), Hkdf.NO_SALT, new byte[0], 42);
    assertThat(out)
        .isEqualTo(
            Broken.hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @SeededTest
  void every_length_is_what_the_jdk_derives(long seed) throws Exception {
    SeededRandom random = new SeededRandom(seed);
    byte[] secret = random.bytes(1 + random.nextInt(100));
    byte[] salt = random.bytes(1 + random.nextInt(100));
    byte[] info = random.bytes(random.nextInt(100));
    for (int length : new int[] {1, 31, 32, 33, 64, 2048, 8160}) {
      byte[] expected =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret)
                      .addSalt(salt)
                      .thenExpand(info, length));
      assertThat(Hkdf.derive(secret, salt, info, length)).isEqualTo(expected);
    }
  }

  @Test
  void more_than_255_blocks_are_refused() {
    assertThatThrownBy(() -> Hkdf.derive(new byte[1], new byte[1], new byte[0], 8161))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_second_case_of_rfc_4231_comes_out_of_hmac_also_in_parts() {
    byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
    byte[] expected =
        Broken.hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    byte[] text = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    assertThat(HmacSha256.of(key, text)).isEqualTo(expected);
    byte[] begin = "what do ya".getBytes(StandardCharsets.US_ASCII);
    byte[] end = " want for nothing?".getBytes(StandardCharsets.US_ASCII);
    assertThat(HmacSha256.of(key, begin, end)).isEqualTo(expected);
  }
}
