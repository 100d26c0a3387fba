package org.mailkeep.storage.s3;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** What the server said. */
final class S3Answer {

  private final HttpResponse<byte[]> response;

  S3Answer(HttpResponse<byte[]> response) {
    this.response = response;
  }

  /** HTTP's status. */
  int status() {
    return response.statusCode();
  }

  boolean isGood() {
    return status() / 100 == 2;
  }

  /** All of the body, or nothing where it went into a buffer; not copied. */
  byte[] body() {
    return response.body();
  }

  private HttpHeaders headers() {
    return response.headers();
  }

  Optional<String> header(String name) {
    return headers().firstValue(name);
  }

  OptionalLong length() {
    return headers().firstValueAsLong("content-length");
  }

  /** What the server says in XML; an answer to HEAD has no body to say it in. */
  S3Message message() {
    return S3Message.parse(response.body());
  }
}
