package org.mailkeep.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Entry point of {@code benchmarks/workload}. */
public final class Main {

  private Main() {}

  /** Makes a store or changes one: {@code make|touch WORKLOAD DIR MESSAGES [SHARE [ROUND]]}. */
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    if (given.size() < 4) {
      System.err.println("usage: make|touch WORKLOAD DIR MESSAGES [SHARE [ROUND]]");
      System.exit(2);
    }
    Workload workload = Workload.named(given.get(1)).orElseThrow(() -> unknown(given.get(1)));
    Path top = Path.of(given.get(2));
    Corpus corpus = Corpus.load(Path.of(given.get(3)));
    double share = given.size() > 4 ? Double.parseDouble(given.get(4)) : 1;
    Plan plan = Plan.of(workload, share);
    switch (given.getFirst()) {
      case "make" -> make(top, plan, corpus);
      case "touch" -> {
        int round = given.size() > 5 ? Integer.parseInt(given.get(5)) : 1;
        System.out.println(new Touch(top, plan, workload.source(corpus), round).apply(share));
      }
      default -> throw unknown(given.getFirst());
    }
  }

  private static void make(Path top, Plan plan, Corpus corpus) throws IOException {
    Files.createDirectories(top);
    try (Stream<Path> inside = Files.list(top)) {
      if (inside.findAny().isPresent()) {
        throw new IOException(top + " is not empty");
      }
    }
    long bytes = new Store(top, plan, plan.workload().source(corpus)).write();
    System.out.printf(
        "%s: %d mailboxes, %d messages, %d bytes of mail%n",
        plan.workload().label(), plan.mailboxes().size(), plan.deliveries().size(), bytes);
  }

  private static IllegalArgumentException unknown(String word) {
    String labels =
        Arrays.stream(Workload.values()).map(Workload::label).collect(Collectors.joining(", "));
    return new IllegalArgumentException("unknown: " + word + "; workloads are " + labels);
  }
}
