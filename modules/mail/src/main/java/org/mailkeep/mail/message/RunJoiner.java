package org.mailkeep.mail.message;

import org.jspecify.annotations.Nullable;

/**
 * Makes runs of literal bytes that are worth their cost. It is told where the content of a part
 * begins and ends; content that is long enough becomes a run of its own, and shorter content stays
 * with the run before it. To know which, it holds back the first bytes of each content.
 */
final class RunJoiner {

  private final RunSink sink;
  private final SplitLimits limits;

  /** The first bytes of a content that is not yet long enough to be a run. */
  private final byte[] held;

  private int heldLength;
  private int needed;
  private boolean holding;

  private @Nullable RunKind open;
  private RunKind next = RunKind.TEXT;
  private long length;
  private boolean openIsContent;

  RunJoiner(RunSink sink, SplitLimits limits) {
    this.sink = sink;
    this.limits = limits;
    this.held = new byte[Math.max(limits.minBody(), limits.minPart())];
  }

  void reset() {
    holding = false;
    heldLength = 0;
    open = null;
    next = RunKind.TEXT;
    openIsContent = false;
  }

  /** What follows is of this kind; but once the trace was too long, it stays HEADER. */
  void kind(RunKind kind) {
    if (kind == RunKind.TRACE && open == RunKind.HEADER) {
      return;
    }
    join();
    if (open != null && open != kind) {
      close();
    }
    next = kind;
  }

  /** The content of a part, or of the message, begins here. */
  void contentBegins() {
    join();
    next = RunKind.TEXT;
    if (open == null) {
      openIsContent = true;
      return;
    }
    holding = true;
    needed =
        switch (open) {
          case HEADER -> limits.minBody();
          case TEXT -> limits.minPart();
          case TRACE, BINARY -> 1;
        };
  }

  /** The content ends here: a border follows. */
  void contentEnds() {
    if (holding) {
      join();
    } else if (open != null && openIsContent && length >= limits.minPart()) {
      close();
    }
    openIsContent = false;
  }

  /** The next literal bytes. */
  void literal(byte[] buffer, int offset, int count) {
    if (count == 0) {
      return;
    }
    if (holding) {
      if (heldLength + count < needed) {
        System.arraycopy(buffer, offset, held, heldLength, count);
        heldLength += count;
        return;
      }
      beginContent();
    }
    write(buffer, offset, count);
  }

  /** A BINARY run follows, which the caller gives to the sink; no literal run stays open. */
  void makeWayForBinary() {
    join();
    close();
    openIsContent = false;
    next = RunKind.TEXT;
  }

  /** The message ends. */
  void finish() {
    join();
    close();
    reset();
  }

  private void beginContent() {
    close();
    openIsContent = true;
    int count = heldLength;
    holding = false;
    heldLength = 0;
    write(held, 0, count);
  }

  /** Gives up holding: what was held back stays with the open run. */
  private void join() {
    if (holding) {
      int count = heldLength;
      holding = false;
      heldLength = 0;
      write(held, 0, count);
    }
  }

  private void close() {
    if (open != null) {
      sink.end();
      open = null;
      openIsContent = false;
    }
  }

  private void write(byte[] buffer, int offset, int count) {
    if (count == 0) {
      return;
    }
    if (open == null) {
      open = next;
      length = 0;
      sink.begin(next);
    }
    if (open == RunKind.TRACE && length + count > limits.maxTrace()) {
      int fits = (int) (limits.maxTrace() - length);
      emit(buffer, offset, fits);
      close();
      next = RunKind.HEADER;
      write(buffer, offset + fits, count - fits);
      return;
    }
    emit(buffer, offset, count);
  }

  private void emit(byte[] buffer, int offset, int count) {
    if (count > 0) {
      sink.bytes(buffer, offset, count);
      length += count;
    }
  }
}
