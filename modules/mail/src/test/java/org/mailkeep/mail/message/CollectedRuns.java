package org.mailkeep.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.content.Base64Layout;

/** Keeps the runs that it is given, checks the order of the calls, and rebuilds the input. */
public final class CollectedRuns implements RunSink {

  /** One run, its bytes as the characters of the same number; the layout belongs to BINARY ones. */
  public record Run(RunKind kind, String text, @Nullable Base64Layout layout) {

    public byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return kind + "(" + text.length() + ")" + (layout == null ? "" : layout);
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable RunKind open;

  public static CollectedRuns of(byte[] message, SplitLimits limits) {
    CollectedRuns collected = new CollectedRuns();
    MessageSplitter splitter = new MessageSplitter(collected, limits);
    splitter.feed(message, 0, message.length);
    splitter.finish();
    return collected;
  }

  public static CollectedRuns of(String message) {
    return of(message.getBytes(StandardCharsets.ISO_8859_1), SplitLimits.DEFAULT);
  }

  @Override
  public void begin(RunKind kind) {
    check(open == null, "begins within a run");
    open = kind;
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    check(open != null && length > 0, "bytes outside a run, or none");
    bytes.write(buffer, offset, length);
  }

  @Override
  public void end() {
    check(open != RunKind.BINARY, "a BINARY run has no layout");
    close(null);
  }

  @Override
  public void endBase64(Base64Layout layout) {
    check(open == RunKind.BINARY, "a literal run has a layout");
    close(layout);
  }

  private void close(@Nullable Base64Layout layout) {
    RunKind kind = open;
    if (kind == null || bytes.size() == 0) {
      throw new AssertionError("no run is open, or it is empty");
    }
    runs.add(new Run(kind, bytes.toString(StandardCharsets.ISO_8859_1), layout));
    bytes.reset();
    open = null;
  }

  private static void check(boolean condition, String problem) {
    if (!condition) {
      throw new AssertionError(problem);
    }
  }

  public List<Run> runs() {
    check(open == null, "a run is still open");
    return runs;
  }

  List<RunKind> kinds() {
    return runs().stream().map(Run::kind).toList();
  }

  /** The message again. */
  public byte[] rebuilt() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Run run : runs()) {
      if (run.layout() == null) {
        out.writeBytes(run.bytes());
      } else {
        byte[] decoded = run.bytes();
        Base64Rebuilder rebuilder = new Base64Rebuilder(run.layout(), out::write);
        int before = out.size();
        rebuilder.feed(decoded, 0, decoded.length);
        rebuilder.finish();
        check(
            out.size() - before == run.layout().encodedLength(decoded.length),
            "the encoded length is wrong");
      }
    }
    return out.toByteArray();
  }
}
