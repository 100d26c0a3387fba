package org.mailkeep.mail.message;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One random case after another, each made from its seed alone. */
final class SplitCases {

  private SplitCases() {}

  /** Splits the case of this seed in two ways; throws an error that names the seed. */
  static int check(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplitLimits limits = limits(random);
    byte[] message = message(random);
    try {
      CollectedRuns whole = CollectedRuns.of(message, limits);
      if (!Arrays.equals(whole.rebuilt(), message)) {
        throw new AssertionError("rebuilt differs: " + whole.runs());
      }
      CollectedRuns pieces = inPieces(message, limits, random);
      if (!whole.runs().equals(pieces.runs())) {
        throw new AssertionError("pieces matter: " + whole.runs() + " against " + pieces.runs());
      }
      return message.length;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ", " + message.length + " bytes, " + limits, e);
    }
  }

  private static SplitLimits limits(RandomGenerator random) {
    return random.nextInt(3) == 0
        ? SplitLimits.DEFAULT
        : new SplitLimits(
            1 + random.nextInt(1 + random.nextInt(600)),
            1 + random.nextInt(1 + random.nextInt(2000)),
            1 + random.nextInt(1 + random.nextInt(600)),
            24 * 1024 + random.nextInt(1 + random.nextInt(60_000)),
            random.nextInt(4),
            1 + random.nextInt(1 + random.nextInt(600)),
            random.nextInt(4));
  }

  private static byte[] message(RandomGenerator random) {
    MailGenerator mail = new MailGenerator(random, random.nextInt(50) == 0 ? 100_000 : 1500);
    return switch (random.nextInt(8)) {
      case 0 -> noise(random);
      case 1 -> splice(mail.next(), mail.next(), random);
      case 2, 3 -> mail.next();
      default -> mutate(mail.next(), random);
    };
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] noise = new byte[random.nextInt(3000)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] splice(byte[] a, byte[] b, RandomGenerator random) {
    int end = random.nextInt(a.length + 1);
    int start = random.nextInt(b.length + 1);
    byte[] both = Arrays.copyOf(a, end + b.length - start);
    System.arraycopy(b, start, both, end, b.length - start);
    return both;
  }

  private static byte[] mutate(byte[] mail, RandomGenerator random) {
    byte[] mutated = mail;
    byte[] likely = {'\n', '\r', '-', ' ', '=', ':', 0, 'A', (byte) 0xff, ';', '"'};
    for (int i = random.nextInt(6); i >= 0 && mutated.length > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(5)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = likely[random.nextInt(likely.length)];
        case 2 -> mutated = Arrays.copyOf(mutated, at);
        case 3 -> mutated = splice(mutated, mutated, random);
        default -> {
          byte[] shorter = Arrays.copyOf(mutated, mutated.length - 1);
          System.arraycopy(mutated, at + 1, shorter, at, mutated.length - at - 1);
          mutated = shorter;
        }
      }
    }
    return mutated.length > 400_000 ? Arrays.copyOf(mutated, 400_000) : mutated;
  }

  private static CollectedRuns inPieces(
      byte[] message, SplitLimits limits, RandomGenerator random) {
    CollectedRuns runs = new CollectedRuns();
    MessageSplitter splitter = new MessageSplitter(runs, limits);
    int max = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(1 + random.nextInt(5000));
    for (int at = 0; at < message.length; ) {
      int count = Math.min(message.length - at, 1 + random.nextInt(max));
      // A copy with other bytes around it, so that reading outside the piece shows.
      byte[] piece = new byte[count + 4];
      Arrays.fill(piece, (byte) "\n-A=".charAt(at & 3));
      System.arraycopy(message, at, piece, 2, count);
      splitter.feed(piece, 2, count);
      Arrays.fill(piece, (byte) '#');
      at += count;
    }
    splitter.finish();
    return runs;
  }
}
