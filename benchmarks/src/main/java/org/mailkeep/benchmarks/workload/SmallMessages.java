package org.mailkeep.benchmarks.workload;

import java.util.SplittableRandom;

/** Reports and notices: a short header and a few lines. */
final class SmallMessages implements MessageSource {

  private final Prose plain;
  private final int median;

  SmallMessages(Corpus corpus, int median) {
    plain = new Prose(corpus.plain());
    this.median = median;
  }

  @Override
  public void add(Bytes out, long number, long date) {
    SplittableRandom random = Seeds.stream("small message", number);
    String host = Headers.host(random);
    out.add("Received: from " + host + " by mx1.example.org with SMTP id ");
    out.add(Headers.token(random, 12) + ";\n\t" + Headers.date(date) + "\n");
    Headers.addOwn(out, random, date, plain.line(random, 2 + random.nextInt(5)));
    out.add("From: report@" + host + "\nTo: user@example.org\n\n");
    plain.add(out, random, Seeds.logNormal(random, median, 0.7, 20, 20_000));
  }
}
