package org.mailkeep.engine.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.error.MailkeepException;

/**
 * A file's content to be read by somebody who pulls, such as a parser: a thread of its own reads
 * ahead by a few blocks at most, and ends when the stream is closed. For one thread.
 */
public final class ContentStream extends FilterInputStream {

  private static final int AHEAD = 64 << 10;

  private volatile @Nullable MailkeepException failure;

  private ContentStream(PipedInputStream in) {
    super(in);
  }

  /** The content that this recipe brings back. */
  public static ContentStream of(ContentReader reader, Recipe recipe) {
    PipedInputStream in = new PipedInputStream(AHEAD);
    ContentStream stream = new ContentStream(in);
    try {
      PipedOutputStream out = new PipedOutputStream(in);
      Thread.ofVirtual().start(() -> stream.fill(reader, recipe, out));
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(ContentReader reader, Recipe recipe, PipedOutputStream out) {
    try (out) {
      reader.write(recipe, StreamTarget.to(out));
    } catch (MailkeepException e) {
      failure = e;
    } catch (IOException | UncheckedIOException e) {
      // Whoever reads has closed the stream.
    }
  }

  /**
   * As ever.
   *
   * @throws MailkeepException where the content breaks off here
   */
  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  /**
   * As ever.
   *
   * @throws MailkeepException where the content breaks off here
   */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return checked(super.read(buffer, offset, length));
  }

  private int checked(int count) {
    MailkeepException found = failure;
    if (count < 0 && found != null) {
      throw found;
    }
    return count;
  }
}
