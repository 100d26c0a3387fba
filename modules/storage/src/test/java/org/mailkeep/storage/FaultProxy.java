package org.mailkeep.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server on the loopback interface and treats connections badly, each
 * in a way that is drawn from a seed: after some bytes in either direction they are cut, or bytes
 * come twice or in another order; some are slow before. The server may have done what was asked,
 * whatever the client sees.
 */
public final class FaultProxy implements AutoCloseable {

  /** The least number of bytes before a fault, as a power of two, unless told otherwise. */
  private static final int SOON = 8;

  private final int target;
  private final ServerSocket server;
  private final SplittableRandom random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile boolean bad;
  private volatile int soonest = SOON;

  private FaultProxy(int target, long seed) throws IOException {
    this.target = target;
    this.random = new SplittableRandom(seed);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Before a server at this port of the loopback interface. */
  public static FaultProxy before(int port, long seed) throws IOException {
    return new FaultProxy(port, seed);
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
    turnBad(SOON);
  }

  /** As above, with so many bytes, as a power of two up to 20, that may pass before. */
  public void turnBad(int soon) {
    soonest = soon;
    bad = true;
    faults.incrementAndGet();
    open.forEach(FaultProxy::close);
  }

  /** Treats connections well from now on. */
  public void turnGood() {
    bad = false;
    open.forEach(FaultProxy::close);
  }

  /** What happens when so many bytes have passed. */
  private enum Fault {
    CUT,
    TWICE,
    OTHER_ORDER
  }

  /** What happens to a connection. */
  private record Fate(int upBytes, int downBytes, int delayMillis, Fault fault) {}

  private synchronized Fate draw() {
    if (!bad) {
      return new Fate(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, Fault.CUT);
    }
    faults.incrementAndGet();
    int most = random.nextInt(1 << random.nextInt(soonest, 22));
    boolean up = random.nextInt(3) == 0;
    return new Fate(
        up ? most : Integer.MAX_VALUE,
        up ? Integer.MAX_VALUE : most,
        random.nextInt(3) == 0 ? random.nextInt(20) : 0,
        Fault.values()[random.nextInt(Fault.values().length)]);
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
      Thread up = Thread.ofVirtual().start(() -> pass(client, upstream, fate.upBytes(), fate));
      pass(upstream, client, fate.downBytes(), fate);
      close(client);
      close(upstream);
      up.join();
    } catch (IOException e) {
      // The client sees a connection that ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to, int most, Fate fate) {
    byte[] buffer = new byte[64 << 10];
    int passed = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (fate.delayMillis() > 0) {
          Thread.sleep(fate.delayMillis());
        }
        if (passed + (long) n >= most) {
          spoil(buffer, most - passed, n, fate.fault(), out);
          if (fate.fault() == Fault.CUT) {
            break;
          }
          passed = Integer.MIN_VALUE;
        } else {
          out.write(buffer, 0, n);
          passed += n;
        }
        out.flush();
      }
    } catch (IOException e) {
      // Either end is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(from);
    close(to);
  }

  private static void spoil(byte[] buffer, int at, int n, Fault fault, OutputStream out)
      throws IOException {
    switch (fault) {
      case CUT -> out.write(buffer, 0, at);
      case TWICE -> {
        out.write(buffer, 0, n);
        out.write(buffer, at, n - at);
      }
      case OTHER_ORDER -> {
        out.write(buffer, at, n - at);
        out.write(buffer, 0, at);
      }
    }
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
