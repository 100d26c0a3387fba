package org.mailkeep.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.mailkeep.model.RawText;

/**
 * Standard output and error. Text is written as the bytes that it stands for, whatever the locale,
 * so that names in any charset come out as they are; on a terminal they are made harmless first.
 * What has been said is on the way when a method returns.
 */
public final class Terminal {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final OutputStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private boolean statusShown;

  private Terminal(
      OutputStream out, OutputStream err, boolean outIsTerminal, boolean errIsTerminal) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
  }

  /** What this process was started with. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        org.mailkeep.unix.Terminal.isTerminal(org.mailkeep.unix.Terminal.STANDARD_OUTPUT),
        org.mailkeep.unix.Terminal.isTerminal(org.mailkeep.unix.Terminal.STANDARD_ERROR));
  }

  /** Two pipes, which no person watches. */
  public static Terminal ofPipes(OutputStream out, OutputStream err) {
    return new Terminal(out, err, false, false);
  }

  /** Whether a person reads standard error. */
  public boolean isWatched() {
    return errIsTerminal;
  }

  /** Whether a person reads standard output. */
  public boolean isOutWatched() {
    return outIsTerminal;
  }

  /** The number of columns of standard error's terminal. */
  public OptionalInt width() {
    return org.mailkeep.unix.Terminal.width(org.mailkeep.unix.Terminal.STANDARD_ERROR);
  }

  /** A path or name for standard output: as it is in a pipe, harmless on a terminal. */
  public String name(String text) {
    return outIsTerminal ? RawText.display(text) : text;
  }

  /** Writes a line to standard output. */
  public synchronized void line(String text) {
    clearStatus();
    write(out, RawText.encode(text + "\n"));
  }

  /** Writes bytes to standard output. */
  public synchronized void bytes(byte[] buffer, int offset, int length) {
    try {
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw new OutputClosedException(e);
    }
  }

  /** Writes a line to standard error. */
  public synchronized void note(String text) {
    clearStatus();
    write(err, RawText.encode(text + "\n"));
  }

  /** Standard output for text that comes ready-made, such as the help of a command. */
  public PrintWriter writer() {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  /** Shows a line that the next one replaces; only where a person watches. */
  public synchronized void status(String text) {
    if (errIsTerminal) {
      write(err, RawText.encode("\r\u001b[K" + text));
      statusShown = true;
    }
  }

  /** Removes the line that {@link #status} shows. */
  public synchronized void clearStatus() {
    if (statusShown) {
      write(err, RawText.encode("\r\u001b[K"));
      statusShown = false;
    }
  }

  /** Makes sure that all has been written. */
  public synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputClosedException(e);
    }
  }

  private static void write(OutputStream stream, byte[] bytes) {
    try {
      stream.write(bytes);
    } catch (IOException e) {
      throw new OutputClosedException(e);
    }
  }

  /** Nobody reads what is written any more, or the disk that takes it is full. */
  public static final class OutputClosedException extends RuntimeException {
    OutputClosedException(IOException cause) {
      super("cannot write the output: " + cause.getMessage(), cause);
    }
  }
}
