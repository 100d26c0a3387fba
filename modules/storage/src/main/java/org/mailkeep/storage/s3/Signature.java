package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests: AWS Signature Version 4 for the service s3, with the body's SHA-256 in the
 * signature ("Authenticating Requests (AWS Signature Version 4)" in the S3 API reference).
 *
 * @param credentials who asks
 * @param region the region to sign for
 */
record Signature(S3Credentials credentials, String region) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * The headers to send, signed; Host is signed too, but the HTTP client sends it itself.
   *
   * @param uri path and query encoded as {@link #encode} does, the query's names in order
   * @param headers lower-case names
   * @param bodyHash SHA-256 of the body
   */
  Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, byte[] bodyHash, Instant now) {
    String time = TIME.format(now);
    String body = HexFormat.of().formatHex(bodyHash);
    NavigableMap<String, String> all = new TreeMap<>(headers);
    all.put("x-amz-date", time);
    all.put("x-amz-content-sha256", body);
    credentials.token().ifPresent(token -> all.put("x-amz-security-token", token));
    all.put("host", host(uri));
    String names = String.join(";", all.keySet());
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    String canonical =
        method
            + "\n"
            + uri.getRawPath()
            + "\n"
            + query
            + "\n"
            + lines(all)
            + "\n"
            + names
            + "\n"
            + body;
    String day = time.substring(0, 8);
    String scope = day + "/" + region + "/s3/aws4_request";
    String text =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + HexFormat.of().formatHex(sha256(canonical));
    String signature = HexFormat.of().formatHex(hmac(key(day), text));
    all.remove("host");
    all.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.id()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature);
    return all;
  }

  /** As the HTTP client writes it: without the port that the scheme has anyway. */
  private static String host(URI uri) {
    int usual = uri.getScheme().equals("https") ? 443 : 80;
    return uri.getPort() < 0 || uri.getPort() == usual
        ? uri.getHost()
        : uri.getHost() + ":" + uri.getPort();
  }

  private static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(Collectors.joining());
  }

  private byte[] key(String day) {
    byte[] key = hmac(("AWS4" + credentials.secret()).getBytes(UTF_8), day);
    return hmac(hmac(hmac(key, region), "s3"), "aws4_request");
  }

  /** Everything but letters, digits and {@code - . _ ~} as percent and two digits. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return encoded.toString();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
