package org.mailkeep.mail.account;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.message.ByteSink;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.OwnerMapping;

/**
 * Passes an account file on with its owners replaced. Holds one line, of at most {@value
 * #LONGEST_LINE} bytes; a longer one is no account's and goes through as it is. For one thread.
 */
public final class AccountRewriter {

  /** The longest line that is looked at, in bytes. */
  static final int LONGEST_LINE = 1 << 16;

  private static final int EXAMPLES = 10;
  private static final byte[] LINE_FEED = {'\n'};

  private final AccountFile kind;
  private final OwnerMapping mapping;
  private final ByteSink out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean lineTooLong;
  private boolean ended;
  private long lines;
  private long changedLines;
  private final List<ChangedLine> firstChanged = new ArrayList<>();

  /** Rewrites a file of this kind into {@code out}. */
  public AccountRewriter(AccountFile kind, OwnerMapping mapping, ByteSink out) {
    this.kind = kind;
    this.mapping = mapping;
    this.out = out;
  }

  /** Takes the next bytes of the file. */
  public void feed(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int start = offset;
    while (start < end && !ended) {
      int feed = start;
      while (feed < end && buffer[feed] != '\n') {
        feed++;
      }
      part(buffer, start, feed - start);
      if (feed < end) {
        endLine();
        out.bytes(LINE_FEED, 0, 1);
      }
      start = feed + 1;
    }
    if (start < end) {
      out.bytes(buffer, start, end - start);
    }
  }

  private void part(byte[] buffer, int offset, int length) {
    if (!lineTooLong && line.size() + length > LONGEST_LINE) {
      lineTooLong = true;
      write(line.toByteArray());
      line.reset();
    }
    if (lineTooLong) {
      out.bytes(buffer, offset, length);
    } else {
      line.write(buffer, offset, length);
    }
  }

  private void endLine() {
    lines++;
    if (!lineTooLong) {
      byte[] before = line.toByteArray();
      Optional<byte[]> after = kind.rewrite(before, mapping);
      write(after.orElse(before));
      after.ifPresent(_ -> changed(before));
      ended = kind.isEnd(before);
    }
    line.reset();
    lineTooLong = false;
  }

  private void changed(byte[] before) {
    changedLines++;
    if (firstChanged.size() < EXAMPLES) {
      String text = RawText.decode(before);
      firstChanged.add(new ChangedLine(lines, text.substring(0, text.indexOf(':'))));
    }
  }

  private void write(byte[] bytes) {
    out.bytes(bytes, 0, bytes.length);
  }

  /** The file has ended; a last line without its line feed counts as one. */
  public void finish() {
    if (line.size() > 0) {
      endLine();
    }
  }

  /** How many lines differ from what they were. */
  public long changedLines() {
    return changedLines;
  }

  /** The first of them. */
  public List<ChangedLine> firstChanged() {
    return List.copyOf(firstChanged);
  }

  /**
   * A whole file at once.
   *
   * @return the rewritten bytes; equal ones where nothing in it is concerned
   */
  public static byte[] rewrite(AccountFile kind, byte[] file, OwnerMapping mapping) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 64);
    AccountRewriter rewriter = new AccountRewriter(kind, mapping, out::write);
    rewriter.feed(file, 0, file.length);
    rewriter.finish();
    return out.toByteArray();
  }
}
