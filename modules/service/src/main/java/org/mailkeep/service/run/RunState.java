package org.mailkeep.service.run;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mailkeep.service.schedule.Memory;

/**
 * All that a host remembers of a configuration: of each step, of what each channel was told, of the
 * size of the repository. For one thread.
 *
 * <p>As a text it has a line {@code subject/field=value} for each, in the escapes of {@link
 * Properties}; facts stand as {@code subject/fact.NAME}.
 */
public final class RunState {

  private static final int SIZES_KEPT = 400;
  private static final String TOLD = "@told ";
  private static final String SIZE = "@size";
  private static final String DIGEST = "@digest";
  private static final String FACT = "fact.";

  private final SortedMap<String, SortedMap<String, String>> subjects = new TreeMap<>();

  /** Of a step. */
  public StepState step(String title) {
    Map<String, String> fields = subjects.getOrDefault(title, new TreeMap<>());
    Map<String, String> facts = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(FACT)) {
            facts.put(name.substring(FACT.length()), value);
          }
        });
    return new StepState(
        new Memory(time(fields, "begun"), time(fields, "done"), (int) number(fields, "failures")),
        Optional.ofNullable(fields.get("problem")),
        time(fields, "since"),
        facts,
        new StepState.Tally(
            number(fields, "week.done"),
            number(fields, "week.failed"),
            number(fields, "week.stored")));
  }

  /** Remembers a step. */
  public void step(String title, StepState state) {
    SortedMap<String, String> fields = new TreeMap<>();
    state.memory().begun().ifPresent(time -> fields.put("begun", time.toString()));
    state.memory().done().ifPresent(time -> fields.put("done", time.toString()));
    fields.put("failures", String.valueOf(state.memory().failures()));
    state.problem().ifPresent(problem -> fields.put("problem", problem));
    state.since().ifPresent(time -> fields.put("since", time.toString()));
    state.facts().forEach((name, value) -> fields.put(FACT + name, value));
    fields.put("week.done", String.valueOf(state.week().done()));
    fields.put("week.failed", String.valueOf(state.week().failed()));
    fields.put("week.stored", String.valueOf(state.week().storedBytes()));
    subjects.put(title, fields);
  }

  /** Forgets the steps that are no more. */
  void keepOnly(Collection<String> titles) {
    subjects.keySet().removeIf(name -> !name.startsWith("@") && !titles.contains(name));
  }

  /** Of which steps a channel was told that something is wrong, and what. */
  public SortedMap<String, String> told(String channel) {
    return new TreeMap<>(subjects.getOrDefault(TOLD + channel, new TreeMap<>()));
  }

  /** Remembers what a channel was told. */
  public void told(String channel, SortedMap<String, String> problems) {
    subjects.put(TOLD + channel, new TreeMap<>(problems));
  }

  /** When a channel got its last summary, or would have got the first. */
  public Optional<Instant> digest(String channel) {
    return time(subjects.getOrDefault(DIGEST, new TreeMap<>()), channel);
  }

  /** Remembers that. */
  public void digest(String channel, Instant time) {
    subjects.computeIfAbsent(DIGEST, _ -> new TreeMap<>()).put(channel, time.toString());
  }

  /** The size of the repository in bytes by days on which it was looked at. */
  public SortedMap<LocalDate, Long> sizes() {
    SortedMap<LocalDate, Long> sizes = new TreeMap<>();
    Map<String, String> fields = subjects.getOrDefault(SIZE, new TreeMap<>());
    fields.forEach(
        (day, _) -> {
          try {
            sizes.put(LocalDate.parse(day), number(fields, day));
          } catch (DateTimeException e) {
            // It was written by hand; the others are as good as before.
          }
        });
    return sizes;
  }

  /** Remembers the size; the oldest is forgotten after a year. */
  public void size(LocalDate day, long bytes) {
    SortedMap<String, String> fields = subjects.computeIfAbsent(SIZE, _ -> new TreeMap<>());
    fields.put(day.toString(), String.valueOf(bytes));
    while (fields.size() > SIZES_KEPT) {
      fields.remove(fields.firstKey());
    }
  }

  private static Optional<Instant> time(Map<String, String> fields, String name) {
    return value(fields, name, Instant::parse);
  }

  private static long number(Map<String, String> fields, String name) {
    return value(fields, name, Long::parseLong).orElse(0L);
  }

  private static <T> Optional<T> value(
      Map<String, String> fields, String name, Function<String, T> parse) {
    try {
      return Optional.ofNullable(fields.get(name)).map(parse);
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As a text. */
  String encode() {
    StringBuilder text = new StringBuilder("# What 'mailkeep run' remembers. Can be deleted.\n");
    subjects.forEach(
        (subject, fields) ->
            fields.forEach(
                (name, value) ->
                    text.append(escaped(subject + "/" + name))
                        .append('=')
                        .append(escaped(value))
                        .append('\n')));
    return text.toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c > ' ' && c < 0x7f && "=:#!\\".indexOf(c) < 0;
      out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return out.toString();
  }

  /** Of a text; empty where it is none of ours. */
  static Optional<RunState> decode(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    RunState state = new RunState();
    for (String key : properties.stringPropertyNames()) {
      int slash = key.indexOf('/');
      if (slash <= 0) {
        return Optional.empty();
      }
      state
          .subjects
          .computeIfAbsent(key.substring(0, slash), _ -> new TreeMap<>())
          .put(key.substring(slash + 1), properties.getProperty(key));
    }
    return Optional.of(state);
  }
}
