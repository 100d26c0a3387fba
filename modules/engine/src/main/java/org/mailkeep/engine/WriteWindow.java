package org.mailkeep.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkWriter;

/**
 * For how long whoever writes may rely on what it found when it began. A prune removes nothing
 * until {@link #LEAST_GRACE} after it was condemned, and looks once more before it does. So what a
 * writer does within half of that time is seen before anything goes; the other half is for clocks
 * that differ, slow requests and listings that lag behind. The argument is in repo-format.md, 2.6.
 */
public final class WriteWindow {

  /** How long condemned packs stay at least. */
  public static final Duration LEAST_GRACE = Duration.ofDays(1);

  /** For how long a writer relies on what it found. */
  public static final Duration LENGTH = LEAST_GRACE.dividedBy(2);

  /** For how long after it what was made within it may still be stored. */
  private static final Duration DELAY = LEAST_GRACE.minus(LENGTH).dividedBy(2);

  private final InstantSource clock;
  private final Instant opened;
  private final long openedNanos = System.nanoTime();

  private WriteWindow(InstantSource clock) {
    this.clock = clock;
    this.opened = clock.instant();
  }

  /** Opens one; to be called before the index is brought up to date. */
  public static WriteWindow open(InstantSource clock) {
    return new WriteWindow(clock);
  }

  /** Whether the time is up. The clock may be set back, and the other stops with the machine. */
  public boolean isOver() {
    return isOlderThan(LENGTH);
  }

  /**
   * Whether it has been over for so long that a difference which was made within it must not be
   * stored any more: its base may be gone.
   */
  public boolean isLongOver() {
    return isOlderThan(LENGTH.plus(DELAY));
  }

  private boolean isOlderThan(Duration length) {
    Duration byClock = Duration.between(opened, clock.instant());
    Duration byCounter = Duration.ofNanos(System.nanoTime() - openedNanos);
    return byClock.compareTo(length) > 0 || byCounter.compareTo(length) > 0;
  }

  /**
   * Throws when the time is up: what a prune that takes so long relies on may be gone.
   *
   * @throws RefusedException then
   */
  public void requireTime() {
    if (isOver()) {
      throw new RefusedException(
          "The prune took longer than " + LENGTH.toHours() + " hours",
          "Nothing more was condemned. Run it again: it uses what was written until now.");
    }
  }

  /**
   * Brings the index up to date and says whether a snapshot that would be stored now may lack
   * something. Once the time is up it looks twice: a prune may remove packs, and then the list that
   * condemned them, between the look at the segments and the one at the lists.
   *
   * @param sync of the index that was brought up to date when the window was opened
   */
  public boolean isOvertaken(IndexSync sync) {
    return isOvertaken(sync.pullToWrite()) || (isOver() && isOvertaken(sync.pullToWrite()));
  }

  private boolean isOvertaken(IndexSync.Outcome news) {
    return news.restarted() || news.lost() || (isOver() && !news.condemned().isEmpty());
  }

  /**
   * Takes chunks to {@code writer}, nodes as differences only while the time is not up: the base of
   * a difference must not be gone when it is stored. All differences that wait in the writer are
   * stored as soon as something comes when the time is up. Where nothing came for hours, because
   * the machine slept or a disk hung, the writer fails instead.
   */
  public ChunkSink limit(ChunkWriter writer) {
    guard(writer);
    AtomicBoolean flushed = new AtomicBoolean();
    return new ChunkSink() {
      @Override
      public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
        if (isOver() && !flushed.getAndSet(true)) {
          writer.flush();
        }
        writer.add(id, kind, bytes, offset, length);
      }

      @Override
      public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
        if (isOver()) {
          add(id, BlockKind.NODE, node, 0, node.length);
        } else {
          writer.addNode(id, node, base, baseBytes);
        }
      }
    };
  }

  /** Makes the writer fail before it stores a difference too late. */
  public void guard(ChunkWriter writer) {
    writer.beforeDeltas(
        () -> {
          if (isLongOver()) {
            throw new RefusedException(
                "Something that was made hours ago was not stored until now, and a prune may have"
                    + " removed meanwhile on what it relies",
                "Nothing of it was stored. Run the command again.");
          }
        });
  }
}
