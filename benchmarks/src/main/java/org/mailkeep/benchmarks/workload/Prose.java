package org.mailkeep.benchmarks.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * New text that compresses like real text: short runs of words from a handful of real bodies, with
 * invented names and numbers between them. The length of a run was chosen by measuring; see
 * benchmarks/README.md.
 */
final class Prose {

  /** Mean number of words taken over in one piece. */
  private static final int RUN = 7;

  /** One word in this many is made up. */
  private static final int INVENTED = 40;

  private final List<Corpus.Words> sources;

  Prose(List<Corpus.Words> sources) {
    this.sources = sources;
  }

  /** Adds some length bytes of text that ends with a line end. */
  void add(Bytes out, SplittableRandom random, int length) {
    Corpus.Words[] topics = new Corpus.Words[2 + length / 4000 + random.nextInt(3)];
    for (int i = 0; i < topics.length; i++) {
      topics[i] = sources.get(random.nextInt(sources.size()));
    }
    int end = out.length() + length;
    while (out.length() < end) {
      Corpus.Words topic = topics[random.nextInt(topics.length)];
      int[] starts = topic.starts;
      int run = 1 + random.nextInt(2 * RUN);
      int first = random.nextInt(Math.max(1, starts.length - run));
      int last = Math.min(starts.length - 1, first + run);
      int count = Math.min(starts[last] - starts[first], end - out.length());
      out.add(topic.body, starts[first], count);
      if (random.nextInt(INVENTED) < run) {
        invent(out, random);
      }
    }
    if (out.length() > 0) {
      out.set(out.length() - 1, (byte) '\n');
    }
  }

  /** A few words in one line, for a subject or a file name. */
  String line(SplittableRandom random, int words) {
    Bytes out = new Bytes(100);
    Corpus.Words topic = sources.get(random.nextInt(sources.size()));
    int first = random.nextInt(Math.max(1, topic.starts.length - words));
    int last = Math.min(topic.starts.length - 1, first + words);
    out.add(topic.body, topic.starts[first], topic.starts[last] - topic.starts[first]);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(out.length(), 70); i++) {
      int letter = out.at(i);
      line.append(letter > ' ' && letter < 127 ? (char) letter : ' ');
    }
    return line.toString().strip();
  }

  private static void invent(Bytes out, SplittableRandom random) {
    int letters = 3 + random.nextInt(9);
    boolean number = random.nextInt(3) == 0;
    for (int i = 0; i < letters; i++) {
      out.add((byte) (number ? '0' + random.nextInt(10) : 'a' + random.nextInt(26)));
    }
    out.add((byte) ' ');
  }
}
