package org.mailkeep.unix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Bytes outside Java's heap, which no collector moves or counts; given back all at once. Safe for
 * use by many threads, until closed.
 */
public final class Memory implements AutoCloseable {

  private final Arena arena = Arena.ofShared();

  /** Some bytes that were put there. */
  public static final class Kept {
    private final MemorySegment segment;

    private Kept(MemorySegment segment) {
      this.segment = segment;
    }

    /**
     * A copy of them.
     *
     * @throws IllegalStateException if the memory was given back
     */
    public byte[] bytes() {
      return segment.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** Puts a copy of these bytes there. */
  public Kept keep(byte[] bytes) {
    MemorySegment segment = arena.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Kept(segment);
  }

  /** Gives all of it back. */
  @Override
  public void close() {
    arena.close();
  }
}
