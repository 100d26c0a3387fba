package org.mailkeep.service.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mailkeep.service.schedule.Schedule;
import org.mailkeep.service.schedule.Span;

/**
 * The values of one table, each right for its key.
 *
 * @param values by the names of keys
 * @param line where the table begins
 * @param column where it begins
 */
record Entry(Map<String, List<String>> values, int line, int column) {

  Entry {
    values = Map.copyOf(new LinkedHashMap<>(values));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  List<String> list(String key) {
    return values.getOrDefault(key, List.of());
  }

  Optional<String> text(String key) {
    return list(key).stream().findFirst();
  }

  boolean isTrue(String key) {
    return text(key).filter("true"::equals).isPresent();
  }

  Optional<Duration> span(String key) {
    return text(key).flatMap(Span::parse);
  }

  /** What {@code every} or {@code at} say. */
  Optional<Schedule> schedule() {
    if (has("at")) {
      return Schedule.At.parse(Objects.requireNonNull(text("at").orElse(""))).map(at -> at);
    }
    return span("every").map(Schedule.Every::new);
  }
}
