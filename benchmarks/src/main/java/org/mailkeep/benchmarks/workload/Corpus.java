package org.mailkeep.benchmarks.workload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The real messages, cut into what each is used for. Immutable once loaded. */
final class Corpus {

  /** Bodies with fewer words than this repeat too soon to make text from. */
  private static final int WORDS_NEEDED = 60;

  /** A real message without its mbox line and without what the last delivery put on top. */
  static final class Sample {
    final byte[] header;
    final byte[] body;

    private Sample(byte[] header, byte[] body) {
      this.header = header;
      this.body = body;
    }
  }

  /** A body and where its words begin; a word's white space belongs to it. */
  static final class Words {
    final byte[] body;
    final int[] starts;

    private Words(byte[] body, int[] starts) {
      this.body = body;
      this.starts = starts;
    }
  }

  private final List<Sample> samples;
  private final List<Words> plain = new ArrayList<>();
  private final List<Words> markup = new ArrayList<>();

  private Corpus(List<Sample> samples) {
    this.samples = List.copyOf(samples);
    for (Sample sample : samples) {
      Words words = new Words(sample.body, wordStarts(sample.body));
      if (words.starts.length >= WORDS_NEEDED && !encoded(words)) {
        (isMarkup(sample.body) ? markup : plain).add(words);
      }
    }
    if (markup.isEmpty()) {
      markup.addAll(plain);
    }
    if (plain.isEmpty()) {
      throw new IllegalArgumentException("the messages hold no text to build from");
    }
  }

  /** All messages below a folder, in the order of their names. */
  static Corpus load(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> messages = new ArrayList<>();
    for (Path file : files) {
      messages.add(Files.readAllBytes(file));
    }
    return of(messages);
  }

  static Corpus of(List<byte[]> messages) {
    return new Corpus(messages.stream().map(Corpus::sample).toList());
  }

  Sample sample(long number) {
    return samples.get((int) Math.floorMod(number, (long) samples.size()));
  }

  int size() {
    return samples.size();
  }

  List<Words> plain() {
    return plain;
  }

  List<Words> markup() {
    return markup;
  }

  private static Sample sample(byte[] message) {
    int end = indexOf(message, "\n\n", 0);
    int headerEnd = end < 0 ? message.length : end + 1;
    int start = startsWith(message, 0, "from ") ? lineEnd(message, 0) : 0;
    while (start < headerEnd
        && (startsWith(message, start, "return-path:")
            || startsWith(message, start, "delivered-to:"))) {
      start = lineEnd(message, start);
    }
    byte[] header = Arrays.copyOfRange(message, Math.min(start, headerEnd), headerEnd);
    byte[] body =
        Arrays.copyOfRange(message, Math.min(headerEnd + 1, message.length), message.length);
    return new Sample(header, body);
  }

  private static int[] wordStarts(byte[] body) {
    int[] starts = new int[body.length / 2 + 1];
    int count = 0;
    boolean inWord = false;
    for (int i = 0; i < body.length; i++) {
      boolean space = body[i] == ' ' || body[i] == '\n' || body[i] == '\t' || body[i] == '\r';
      if (!space && !inWord) {
        starts[count++] = i;
      }
      inWord = !space;
    }
    return Arrays.copyOf(starts, count);
  }

  /** Whether it is mostly base64 or the like: very long words. */
  private static boolean encoded(Words words) {
    return words.body.length > 20 * words.starts.length;
  }

  private static boolean isMarkup(byte[] body) {
    String start = new String(body, 0, Math.min(body.length, 4000), StandardCharsets.ISO_8859_1);
    return start.toLowerCase(Locale.ROOT).contains("<html");
  }

  static int indexOf(byte[] in, String what, int from) {
    for (int i = from; i <= in.length - what.length(); i++) {
      int k = 0;
      while (k < what.length() && in[i + k] == what.charAt(k)) {
        k++;
      }
      if (k == what.length()) {
        return i;
      }
    }
    return -1;
  }

  /** Whether these lower-case letters stand here, in any case. */
  static boolean startsWith(byte[] in, int from, String lower) {
    if (in.length - from < lower.length()) {
      return false;
    }
    for (int k = 0; k < lower.length(); k++) {
      if (Character.toLowerCase((char) (in[from + k] & 0xff)) != lower.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** The position after the line that begins here. */
  static int lineEnd(byte[] in, int from) {
    int i = from;
    while (i < in.length && in[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, in.length);
  }
}
