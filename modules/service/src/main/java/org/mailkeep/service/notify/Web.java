package org.mailkeep.service.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Posts to an address of the web. What went wrong never has the address: it may be a secret. */
final class Web {

  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int OK_CLASS = 2;

  private Web() {}

  /** Posts a text; gives what went wrong. */
  static Optional<String> post(String address, String type, String body) {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(LONGEST)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(LONGEST)
              .header("Content-Type", type)
              .header("User-Agent", "mailkeep")
              .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == OK_CLASS
          ? Optional.empty()
          : Optional.of("the server answered " + status);
    } catch (IOException e) {
      return Optional.of("the server cannot be reached (" + e.getClass().getSimpleName() + ")");
    } catch (IllegalArgumentException e) {
      return Optional.of("the address makes no sense");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
