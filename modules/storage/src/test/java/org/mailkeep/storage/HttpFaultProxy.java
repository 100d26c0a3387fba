package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between an S3 client and a server on the loopback interface and treats requests badly,
 * each in a way that is drawn from a seed. Listings may lag behind, as those of stores that become
 * consistent after a while.
 */
public final class HttpFaultProxy implements AutoCloseable {

  private static final List<String> ERRORS =
      List.of("500 Internal Server Error", "503 Slow Down", "429 Too Many Requests");

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r\n");
  private static final int LONGEST_DELAY_MILLIS = 150;
  private static final int LATEST_MILLIS = 1200;

  /** What happens to a request. */
  private enum Fate {
    /** The answer takes its time. */
    DELAY,
    /** Half of the request reaches the server. */
    HALF_REQUEST,
    /** The server did it; half of the answer comes back. */
    HALF_ANSWER,
    /** The same, and the answer does not say how long it would have been. */
    HALF_ANSWER_WITHOUT_LENGTH,
    /** An error, and the server never heard of it. */
    ERROR,
    /** An error, though the server did it. */
    ERROR_AFTER,
    /** The server gets it twice, and the first answer counts. */
    TWICE,
    /** No answer; the server gets it when others, sent later, are done. */
    LATE
  }

  /** What a server answered at a moment. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Listing(long nanos, byte[] answer) {}

  private final int target;
  private final ServerSocket server;
  private final SplittableRandom random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> late = ConcurrentHashMap.newKeySet();
  private final Map<String, List<Listing>> listings = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile int percent;
  private volatile long lagNanos;

  private HttpFaultProxy(int target, long seed) throws IOException {
    this.target = target;
    this.random = new SplittableRandom(seed);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Before a server at this port of the loopback interface; at first everything passes. */
  public static HttpFaultProxy before(int port, long seed) throws IOException {
    return new HttpFaultProxy(port, seed);
  }

  /** Where clients find it. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many requests there were. */
  public int requests() {
    return requests.get();
  }

  /** How many of them were treated badly, or answered with an old listing. */
  public int faults() {
    return faults.get();
  }

  /** Treats so many of a hundred requests badly from now on. */
  public void turnBad(int ofHundred) {
    percent = ofHundred;
  }

  /** From now on listings are those of so long ago, where there was one then. */
  public void lag(Duration behind) {
    lagNanos = behind.toNanos();
  }

  /** Treats all requests well from now on, and waits until the late ones have arrived. */
  public void turnGood() throws InterruptedException {
    percent = 0;
    lagNanos = 0;
    settle();
  }

  /** Waits until all late requests have arrived. */
  public void settle() throws InterruptedException {
    for (Thread thread : late) {
      thread.join();
    }
  }

  private synchronized Optional<Fate> draw() {
    requests.incrementAndGet();
    if (random.nextInt(100) >= percent) {
      return Optional.empty();
    }
    faults.incrementAndGet();
    return Optional.of(Fate.values()[random.nextInt(Fate.values().length)]);
  }

  private synchronized int draw(int bound) {
    return random.nextInt(bound);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      Optional<byte[]> request = request(client.getInputStream());
      if (request.isPresent()) {
        byte[] answer = answer(request.get());
        OutputStream out = client.getOutputStream();
        out.write(answer);
        out.flush();
      }
    } catch (IOException e) {
      // The client sees a connection that ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /** The bytes to send before the connection is closed. */
  private byte[] answer(byte[] request) throws IOException, InterruptedException {
    Optional<Fate> fate = draw();
    if (fate.isEmpty()) {
      return passed(request);
    }
    return switch (fate.get()) {
      case DELAY -> {
        Thread.sleep(draw(LONGEST_DELAY_MILLIS));
        yield passed(request);
      }
      case HALF_REQUEST -> {
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
          upstream.getOutputStream().write(request, 0, request.length / 2);
        }
        yield new byte[0];
      }
      case HALF_ANSWER -> {
        byte[] whole = passed(request);
        yield Arrays.copyOf(whole, draw(whole.length));
      }
      case HALF_ANSWER_WITHOUT_LENGTH -> withoutLength(passed(request));
      case ERROR -> error();
      case ERROR_AFTER -> {
        byte[] _ = forward(request);
        yield error();
      }
      case TWICE -> {
        byte[] first = forward(request);
        byte[] _ = forward(request);
        yield first;
      }
      case LATE -> {
        later(request);
        yield new byte[0];
      }
    };
  }

  private byte[] error() {
    return ("HTTP/1.1 "
            + ERRORS.get(draw(ERRORS.size()))
            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Ends in the middle of its body; one that has none stays as it is. */
  private byte[] withoutLength(byte[] answer) {
    int head = headLength(answer);
    if (answer.length == head) {
      return answer;
    }
    byte[] cut = Arrays.copyOf(answer, head + draw(answer.length - head));
    return LENGTH.matcher(new String(cut, ISO_8859_1)).replaceFirst("").getBytes(ISO_8859_1);
  }

  private void later(byte[] request) {
    int wait = draw(LATEST_MILLIS);
    late.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(wait);
                    byte[] _ = forward(request);
                  } catch (IOException e) {
                    // The server is gone.
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private byte[] passed(byte[] request) throws IOException {
    byte[] answer = forward(request);
    String line = new String(request, 0, Math.min(request.length, 4096), ISO_8859_1);
    if (!line.startsWith("GET ") || !line.substring(0, line.indexOf('\r')).contains("list-type=")) {
      return answer;
    }
    List<Listing> known =
        listings.computeIfAbsent(line.substring(0, line.indexOf('\r')), _ -> new ArrayList<>());
    synchronized (known) {
      long now = System.nanoTime();
      known.add(new Listing(now, answer));
      while (known.size() > 1 && now - known.get(1).nanos() >= lagNanos) {
        known.removeFirst();
      }
      if (known.size() > 1) {
        faults.incrementAndGet();
      }
      return known.getFirst().answer();
    }
  }

  /** The whole answer, of a server that closes the connection after it. */
  private byte[] forward(byte[] request) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(upstream);
      upstream.getOutputStream().write(request);
      upstream.getOutputStream().flush();
      byte[] answer = upstream.getInputStream().readAllBytes();
      open.remove(upstream);
      return answer;
    }
  }

  /** The next request, which asks that the connection be closed after it. */
  private static Optional<byte[]> request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int line = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n' && line == 0) {
        head.writeBytes("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
        Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
        head.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return Optional.of(head.toByteArray());
      }
      if (b == '\n') {
        head.write('\r');
        head.write('\n');
        line = 0;
      } else if (b != '\r') {
        head.write(b);
        line++;
      }
    }
    return Optional.empty();
  }

  private static int headLength(byte[] answer) {
    int end = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
    return end < 0 ? answer.length : end + 4;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
