package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Curve25519Test {

  @Test
  void the_exchange_of_rfc_7748_section_6_1_comes_out() {
    byte[] alice = Broken.hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    byte[] bob = Broken.hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    byte[] secret = Broken.hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    assertThat(Curve25519.agree(alice, Curve25519.publicKey(bob))).hasValue(secret);
    assertThat(Curve25519.agree(bob, Curve25519.publicKey(alice))).hasValue(secret);
  }

  @Test
  void the_first_vector_of_rfc_7748_section_5_2_comes_out() {
    byte[] scalar = Broken.hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    byte[] point = Broken.hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    assertThat(Curve25519.agree(scalar, point))
        .hasValue(Broken.hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void a_point_of_low_order_gives_no_secret(String point) {
    assertThat(Curve25519.agree(new SeededRandom(1).bytes(32), Broken.hex(point))).isEmpty();
  }
}
