package org.mailkeep.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server on the loopback interface and treats connections badly, each
 * in a way that is drawn from a seed: they are cut after some bytes in either direction, some are
 * slow before, and if the server speaks HTTP, some are answered with an error that it never sent.
 * The server may have done what was asked, whatever the client sees.
 */
public final class FaultProxy implements AutoCloseable {

  private static final List<String> ERRORS =
      List.of("500 Internal Server Error", "503 Slow Down", "429 Too Many Requests");

  private final int target;
  private final boolean http;
  private final ServerSocket server;
  private final SplittableRandom random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile boolean bad;

  private FaultProxy(int target, boolean http, long seed) throws IOException {
    this.target = target;
    this.http = http;
    this.random = new SplittableRandom(seed);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Before a server at this port of the loopback interface. */
  public static FaultProxy before(int port, boolean http, long seed) throws IOException {
    return new FaultProxy(port, http, seed);
  }

  /** Where clients find it. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many faults there were. */
  public int faults() {
    return faults.get();
  }

  /** Cuts all that is open, and treats what comes then badly; before, everything passes. */
  public void turnBad() {
    bad = true;
    faults.incrementAndGet();
    open.forEach(FaultProxy::close);
  }

  /** What happens to a connection. */
  private record Fate(int upBytes, int downBytes, int delayMillis, String error) {}

  private synchronized Fate draw() {
    if (!bad) {
      return new Fate(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, "");
    }
    faults.incrementAndGet();
    int most = 1 << random.nextInt(8, 22);
    return switch (random.nextInt(http ? 4 : 3)) {
      case 0 -> new Fate(random.nextInt(most), Integer.MAX_VALUE, 0, "");
      case 1 -> new Fate(Integer.MAX_VALUE, random.nextInt(most), 0, "");
      case 2 -> new Fate(Integer.MAX_VALUE, random.nextInt(most), random.nextInt(20), "");
      default ->
          new Fate(
              Integer.MAX_VALUE, Integer.MAX_VALUE, 0, ERRORS.get(random.nextInt(ERRORS.size())));
    };
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
    Fate fate = draw();
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.addAll(List.of(client, upstream));
      Thread up =
          Thread.ofVirtual()
              .start(() -> pass(client, upstream, fate.upBytes(), fate.delayMillis()));
      if (fate.error().isEmpty()) {
        pass(upstream, client, fate.downBytes(), fate.delayMillis());
      } else {
        // The request goes through first, or not: the answer does not say.
        answer(client, upstream, fate.error());
      }
      close(client);
      close(upstream);
      up.join();
    } catch (IOException e) {
      // The client sees a connection that ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Socket client, Socket upstream, String status) throws IOException {
    InputStream in = upstream.getInputStream();
    if (in.read() >= 0) {
      OutputStream out = client.getOutputStream();
      out.write(
          ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private void pass(Socket from, Socket to, int most, int delayMillis) {
    byte[] buffer = new byte[64 << 10];
    int passed = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int some = Math.min(n, most - passed);
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        out.write(buffer, 0, some);
        out.flush();
        passed += some;
        if (passed >= most) {
          break;
        }
      }
    } catch (IOException e) {
      // Either end is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone then.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    new ArrayList<>(open).forEach(FaultProxy::close);
  }
}
