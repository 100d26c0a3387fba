package org.mailkeep.engine.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mailkeep.mail.message.Base64Rebuilder;
import org.mailkeep.mail.message.MessageSplitter;
import org.mailkeep.mail.message.RunKind;
import org.mailkeep.mail.message.RunSink;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Segment;
import org.mailkeep.repository.block.BlockKind;

/**
 * Stores messages run by run. Before a run is stored, the text that its recipe will bring back is
 * built and compared with what was read; a message that fails this is given up and stored whole.
 *
 * <p>Of a message, no more is held than a few megabytes: runs are ended after {@link #MAX_RUN}
 * bytes and stored between reads. One per thread.
 */
final class MessageWriter implements RunSink {

  /** Literal runs end here at the latest, in bytes. */
  private static final int MAX_RUN = 1 << 20;

  /** How much is read and split at a time, and so the least that is stored together, in bytes. */
  private static final int PIECE = 512 << 10;

  /** Runs up to this length are one chunk, in bytes. */
  private static final int WHOLE = 64 << 10;

  /** A run, its bytes in {@link #captured}. */
  private record Run(RunKind kind, int start, int length, @Nullable Base64Layout layout) {
    long originalLength() {
      return layout == null ? length : layout.encodedLength(length);
    }
  }

  private final ContentWriter content;
  private final MessageWatch watch;
  private final MessageSplitter splitter = new MessageSplitter(this);
  private final List<Run> runs = new ArrayList<>();
  private byte[] original = new byte[PIECE];
  private int originalLength;
  private byte[] captured = new byte[PIECE];
  private int capturedLength;
  private int runStart;
  private RunKind kind = RunKind.TEXT;

  MessageWriter(ContentWriter content, MessageWatch watch) {
    this.content = content;
    this.watch = watch;
  }

  /** Stores a message and gives its length; empty where the proof failed. */
  OptionalLong write(ByteSource source, long expectedSize) {
    reset();
    watch.begin();
    long total = 0;
    int piece = Math.clamp(expectedSize + 1, 4096, PIECE);
    while (true) {
      ensureOriginal(piece);
      int count = source.readFully(original, originalLength, piece);
      int from = originalLength;
      originalLength += count;
      total += count;
      splitter.feed(original, from, count);
      if (count < piece) {
        splitter.finish();
        return storeRuns() && originalLength == 0 ? OptionalLong.of(total) : OptionalLong.empty();
      }
      if (capturedLength > PIECE && !storeRuns()) {
        return OptionalLong.empty();
      }
    }
  }

  private void reset() {
    splitter.reset();
    runs.clear();
    originalLength = 0;
    capturedLength = 0;
    runStart = 0;
  }

  private void ensureOriginal(int more) {
    if (original.length - originalLength < more) {
      original = grown(original, originalLength + more);
    }
  }

  private static byte[] grown(byte[] buffer, int needed) {
    return Arrays.copyOf(buffer, Math.max(buffer.length + PIECE, needed));
  }

  @Override
  public void begin(RunKind runKind) {
    kind = runKind;
    runStart = capturedLength;
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    if (captured.length - capturedLength < length) {
      captured = grown(captured, capturedLength + length);
    }
    System.arraycopy(buffer, offset, captured, capturedLength, length);
    capturedLength += length;
    if (kind != RunKind.BINARY && capturedLength - runStart >= MAX_RUN) {
      end();
    }
  }

  @Override
  public void end() {
    if (capturedLength > runStart) {
      runs.add(new Run(kind, runStart, capturedLength - runStart, null));
      runStart = capturedLength;
    }
  }

  @Override
  public void endBase64(Base64Layout layout) {
    runs.add(new Run(kind, runStart, capturedLength - runStart, layout));
    runStart = capturedLength;
  }

  /** Proves and stores all runs that have ended, and forgets their bytes; false where it failed. */
  private boolean storeRuns() {
    int position = 0;
    for (Run run : runs) {
      if (!isProven(run, position)) {
        return false;
      }
      position += (int) run.originalLength();
    }
    runs.forEach(this::store);
    runs.clear();
    int open = capturedLength - runStart;
    System.arraycopy(captured, runStart, captured, 0, open);
    capturedLength = open;
    runStart = 0;
    System.arraycopy(original, position, original, 0, originalLength - position);
    originalLength -= position;
    return true;
  }

  private boolean isProven(Run run, int position) {
    if (run.originalLength() > originalLength - position) {
      return false;
    }
    if (run.layout() == null) {
      return Arrays.equals(
          captured,
          run.start(),
          run.start() + run.length(),
          original,
          position,
          position + run.length());
    }
    Comparison comparison = new Comparison(position);
    Base64Rebuilder rebuilder = new Base64Rebuilder(run.layout(), comparison::next);
    rebuilder.feed(captured, run.start(), run.length());
    rebuilder.finish();
    return comparison.same && comparison.position == position + run.originalLength();
  }

  private final class Comparison {
    private int position;
    private boolean same = true;

    Comparison(int position) {
      this.position = position;
    }

    void next(byte[] text, int offset, int length) {
      same &=
          length <= originalLength - position
              && Arrays.equals(
                  text, offset, offset + length, original, position, position + length);
      position += length;
    }
  }

  private void store(Run run) {
    if (run.layout() != null) {
      watch.gap();
    } else if (run.kind() != RunKind.TRACE) {
      watch.text(captured, run.start(), run.length());
    }
    BlockKind block =
        switch (run.kind()) {
          case TRACE -> BlockKind.TRACE;
          case HEADER -> BlockKind.HEADER;
          case TEXT -> BlockKind.TEXT;
          case BINARY -> BlockKind.BINARY;
        };
    List<ChunkRef> chunks = new ArrayList<>();
    int end = run.start() + run.length();
    for (int from = run.start(); from < end; ) {
      int length =
          end - from <= WHOLE ? end - from : content.chunker(block).cut(captured, from, end);
      chunks.add(content.store(block, captured, from, length));
      from += length;
    }
    Base64Layout layout = run.layout();
    if (layout == null) {
      chunks.forEach(chunk -> content.recipe().add(new Segment.Literal(chunk)));
    } else {
      content.recipe().add(new Segment.Base64(layout, chunks));
    }
  }
}
