package org.mailkeep.storage.s3;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailkeep.storage.ObjectContent;

/**
 * One request, not yet signed.
 *
 * @param task what it is for, such as {@code store packs/4f/4f21}, for messages
 * @param key the object's key; empty for the bucket
 * @param query names and values, not encoded
 * @param headers lower-case names
 * @param body what is sent
 */
record S3Request(
    String task,
    String method,
    String key,
    NavigableMap<String, String> query,
    NavigableMap<String, String> headers,
    ObjectContent body) {

  private static final ObjectContent NOTHING = ObjectContent.of();

  static S3Request of(String task, String method, String key) {
    return new S3Request(task, method, key, new TreeMap<>(), new TreeMap<>(), NOTHING);
  }

  S3Request query(String name, String value) {
    NavigableMap<String, String> more = new TreeMap<>(query);
    more.put(name, value);
    return new S3Request(task, method, key, more, headers, body);
  }

  S3Request header(String name, String value) {
    return headers(Map.of(name, value));
  }

  S3Request headers(Map<String, String> values) {
    NavigableMap<String, String> more = new TreeMap<>(headers);
    more.putAll(values);
    return new S3Request(task, method, key, query, more, body);
  }

  S3Request without(String header) {
    NavigableMap<String, String> fewer = new TreeMap<>(headers);
    fewer.remove(header);
    return new S3Request(task, method, key, query, fewer, body);
  }

  /** With a body and its checksum. */
  S3Request body(ObjectContent content) {
    S3Request full = new S3Request(task, method, key, query, headers, content);
    return full.header(
        "x-amz-checksum-sha256", Base64.getEncoder().encodeToString(full.digest("SHA-256")));
  }

  /** With the older checksum too, which a request with a retention must have. */
  S3Request md5() {
    return header("content-md5", Base64.getEncoder().encodeToString(digest("MD5")));
  }

  byte[] digest(String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      body.unpaced().forEach(digest::update);
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The query as it stands in the address. */
  String encodedQuery() {
    return query.entrySet().stream()
        .map(e -> Signature.encode(e.getKey()) + "=" + Signature.encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }
}
