package org.mailkeep.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The examples of "Authenticating Requests: Using the Authorization Header" in the S3 reference.
 */
class SignatureTest {

  private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
  private static final byte[] NO_BODY =
      HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  private static final Signature SIGNATURE =
      new Signature(
          new S3Credentials(
              "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty()),
          "us-east-1");

  private static String signed(String query, Map<String, String> headers) {
    URI uri = URI.create("https://examplebucket.s3.amazonaws.com/" + query);
    return SIGNATURE.sign("GET", uri, headers, NO_BODY, TIME).getOrDefault("authorization", "");
  }

  @Test
  void a_get_of_a_range() {
    assertThat(signed("test.txt", Map.of("range", "bytes=0-9")))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void a_listing_with_a_query() {
    assertThat(signed("?max-keys=2&prefix=J", Map.of()))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void a_query_without_a_value() {
    assertThat(signed("?lifecycle=", Map.of()))
        .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void a_session_token_is_signed_too() {
    Signature temporary =
        new Signature(new S3Credentials("id", "secret", Optional.of("token")), "us-east-1");
    Map<String, String> headers =
        temporary.sign("GET", URI.create("http://host:9000/b"), Map.of(), NO_BODY, TIME);
    assertThat(headers).containsEntry("x-amz-security-token", "token").doesNotContainKey("host");
    assertThat(headers.get("authorization"))
        .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
  }

  @Test
  void everything_but_the_plainest_characters_is_encoded() {
    assertThat(Signature.encode("aZ09-._~ /+=é*")).isEqualTo("aZ09-._~%20%2F%2B%3D%C3%A9%2A");
  }
}
