package org.mailkeep.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Notices when nothing moves any more. A time-out for a whole request would have to know how fast
 * the line is; this one only asks that some byte passes within the time, in whichever direction.
 */
final class Stall {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final long nanos;
  private volatile long last = System.nanoTime();

  Stall(Duration after) {
    this.nanos = after.toNanos();
  }

  /** Something moved. */
  void progress() {
    last = System.nanoTime();
  }

  /** Waits for an exchange as long as something moves. */
  <T> T await(CompletableFuture<T> exchange) throws IOException {
    while (true) {
      try {
        return exchange.get(Math.min(nanos, LOOK.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - last > nanos) {
          exchange.cancel(true);
          throw new HttpTimeoutException(
              "Nothing moved for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " seconds");
        }
      } catch (InterruptedException e) {
        exchange.cancel(true);
        Thread.currentThread().interrupt();
        throw (InterruptedIOException)
            new InterruptedIOException("It was interrupted").initCause(e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
  }
}
