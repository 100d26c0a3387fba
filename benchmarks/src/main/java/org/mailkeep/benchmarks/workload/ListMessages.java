package org.mailkeep.benchmarks.workload;

import java.util.SplittableRandom;

/** Mailing lists: real messages, long headers, replies that quote. Nothing but text. */
final class ListMessages implements MessageSource {

  private static final int LISTS = 40;

  private final Corpus corpus;
  private final Headers headers;
  private final Prose plain;

  ListMessages(Corpus corpus) {
    this.corpus = corpus;
    headers = new Headers(corpus);
    plain = new Prose(corpus.plain());
  }

  @Override
  public void add(Bytes out, long number, long date) {
    SplittableRandom random = Seeds.stream("list message", number);
    Headers.addChecks(out, random, date);
    for (int hops = 2 + random.nextInt(2); hops > 0; hops--) {
      Headers.addHop(out, random, date - hops);
    }
    if (Seeds.chance(random, 0.5)) {
      Headers.addSignature(out, random, "ARC-Message-Signature", date);
      Headers.addSignature(out, random, "ARC-Seal", date);
    }
    headers.addReal(out, random, number);
    Headers.addSignature(out, random, "DKIM-Signature", date);
    Headers.addList(out, random, random.nextInt(LISTS));
    Headers.addOwn(out, random, date, plain.line(random, 3 + random.nextInt(6)));
    out.add("MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n");
    out.add("Content-Transfer-Encoding: 8bit\n\n");
    // Every real body once; the messages beyond them get new text of the same make.
    byte[] real = corpus.sample(number).body;
    if (number < corpus.size()) {
      out.add(real);
    } else {
      plain.add(out, random, Math.max(200, real.length));
    }
    if (Seeds.chance(random, 0.6)) {
      addQuotation(out, random);
    }
    out.add("_______________________________________________\nlist mailing list\n");
  }

  private void addQuotation(Bytes out, SplittableRandom random) {
    Bytes text = new Bytes(4000);
    plain.add(text, random, Seeds.logNormal(random, 1000, 0.8, 100, 60_000));
    boolean lineStart = true;
    for (int i = 0; i < text.length(); i++) {
      if (lineStart) {
        out.add("> ");
      }
      out.add(text.at(i));
      lineStart = text.at(i) == '\n';
    }
  }
}
