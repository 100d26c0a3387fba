package org.mailkeep.benchmarks.micro;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Entry point of {@code benchmarks/micro}: prints a Markdown table, a row once it is measured. */
public final class Main {

  private static final TimeValue ITERATION = TimeValue.seconds(1);
  private static final int WARM_UPS = 2;
  private static final int MEASUREMENTS = 3;

  private Main() {}

  /** Measures the operations in whose names the first argument, a regular expression, is found. */
  public static void main(String[] arguments) throws RunnerException {
    Pattern filter =
        Pattern.compile(arguments.length > 0 ? arguments[0] : "", Pattern.CASE_INSENSITIVE);
    List<Comparison> chosen =
        Comparison.ALL.stream().filter(row -> filter.matcher(row.operation()).find()).toList();
    if (chosen.isEmpty()) {
      System.err.println("micro: no operation is called so; these are:");
      Comparison.ALL.forEach(row -> System.err.println("  " + row.operation()));
      System.exit(2);
    }
    System.out.println("| operation | speed | its limit | speed | of its limit |");
    System.out.println("|---|---|---|---|---|");
    for (Comparison row : chosen) {
      double speed = measure(row.benchmark());
      double limit = measure(row.limitBenchmark());
      System.out.printf(
          Locale.ROOT,
          "| %s | %s %s | %s | %s %s | %s %% |%n",
          row.operation(),
          rounded(speed),
          row.unit(),
          row.limit(),
          rounded(limit),
          row.unit(),
          rounded(100 * speed / limit));
    }
  }

  /** Forks with this virtual machine's own options, which are those of the launcher. */
  private static double measure(Comparison.Method benchmark) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.qualified()) + "$")
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(ITERATION)
            .measurementIterations(MEASUREMENTS)
            .measurementTime(ITERATION)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }

  /** More than three digits would say more than was measured. */
  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
