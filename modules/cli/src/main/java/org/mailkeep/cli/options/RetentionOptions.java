package org.mailkeep.cli.options;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.forget.Period;
import org.mailkeep.engine.forget.RetentionRules;
import org.mailkeep.engine.forget.RetentionRules.Grouping;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** Which snapshots to keep. */
public final class RetentionOptions {

  @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N snapshots.")
  private @Nullable Integer last;

  @Option(
      names = "--keep-hourly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N hours that have one.")
  private @Nullable Integer hourly;

  @Option(names = "--keep-daily", paramLabel = "N", description = "The same for days.")
  private @Nullable Integer daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "For weeks, which begin on Monday.")
  private @Nullable Integer weekly;

  @Option(names = "--keep-monthly", paramLabel = "N", description = "For months.")
  private @Nullable Integer monthly;

  @Option(names = "--keep-yearly", paramLabel = "N", description = "For years.")
  private @Nullable Integer yearly;

  @Option(
      names = "--keep-within",
      paramLabel = "SPAN",
      converter = TimeSpan.Converter.class,
      description =
          "Keep all that are at most SPAN older than the newest, such as 48h, 14d, 8w or 1y.")
  private @Nullable TimeSpan within;

  @Option(
      names = "--keep-tag",
      paramLabel = "WORD",
      description = "Keep all that have the tag WORD; can be given several times.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--group-by",
      paramLabel = "host,paths,tags",
      split = ",",
      description =
          "Apply the rules to each group of snapshots with the same of these (default:"
              + " host,paths,tags; 'none' makes one group of all).")
  private List<String> groups = List.of("host", "paths", "tags");

  @Option(
      names = "--allow-last",
      description = "Let also the last snapshot of a host and its paths go.")
  private boolean allowLast;

  /** Whether the last snapshot of a source may go. */
  public boolean allowLast() {
    return allowLast;
  }

  /**
   * The rules.
   *
   * @throws UsageException where the options make no sense
   */
  public RetentionRules rules() {
    Map<Period, Integer> counts = new EnumMap<>(Period.class);
    count(counts, Period.LAST, last);
    count(counts, Period.HOURLY, hourly);
    count(counts, Period.DAILY, daily);
    count(counts, Period.WEEKLY, weekly);
    count(counts, Period.MONTHLY, monthly);
    count(counts, Period.YEARLY, yearly);
    return new RetentionRules(
        counts, Optional.ofNullable(within).map(TimeSpan::duration), tags, groups(), allowLast);
  }

  private static void count(Map<Period, Integer> counts, Period period, @Nullable Integer count) {
    if (count == null) {
      return;
    }
    if (count < 1) {
      throw new UsageException(
          "--keep-" + Words.word(period) + " " + count + " keeps nothing",
          "Give 1 or more, or leave the option out.");
    }
    counts.put(period, count);
  }

  private Set<Grouping> groups() {
    Set<Grouping> chosen = EnumSet.noneOf(Grouping.class);
    for (String word : groups) {
      if (word.equals("none") && groups.size() == 1) {
        return chosen;
      }
      chosen.add(grouping(word));
    }
    return chosen;
  }

  private static Grouping grouping(String word) {
    for (Grouping grouping : Grouping.values()) {
      if (Words.word(grouping).equals(word)) {
        return grouping;
      }
    }
    throw new UsageException(
        "'" + word + "' is nothing to group by",
        "Give host, paths, tags, several with commas, or none.");
  }
}
