package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.library.SnapshotLine;

/** A month with the number of snapshots of each of its days. */
record Calendar(YearMonth shown, Map<LocalDate, Integer> days) {

  /** That of these snapshots. */
  static Calendar of(YearMonth month, List<SnapshotLine> snapshots, ZoneId zone) {
    Map<LocalDate, Integer> days = new TreeMap<>();
    for (SnapshotLine line : snapshots) {
      LocalDate day = line.time().atZone(zone).toLocalDate();
      if (YearMonth.from(day).equals(month)) {
        days.merge(day, 1, Integer::sum);
      }
    }
    return new Calendar(month, days);
  }

  /** The page of a day's month, with the day's snapshots. */
  static Link month(LocalDate day) {
    return Link.of("/snapshots").with("day", day);
  }

  /**
   * The day that a request names.
   *
   * @throws UsageException where that is none
   */
  static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException("'" + text + "' is no day", "Write it as 2026-11-20.");
    }
  }

  /**
   * The month as a table.
   *
   * @param chosen the day whose snapshots are shown
   */
  Html table(LocalDate chosen) {
    List<Html> weeks = new ArrayList<>();
    LocalDate day = shown.atDay(1).with(DayOfWeek.MONDAY);
    while (!day.isAfter(shown.atEndOfMonth())) {
      List<Html> week = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        week.add(cell(day, chosen));
        day = day.plusDays(1);
      }
      weeks.add(element("tr", Html.of(week)));
    }
    String name =
        shown.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + shown.getYear();
    return Html.of(
        element(
                "nav",
                link(month(shown.minusMonths(1).atEndOfMonth()), "Month before"),
                element("strong", name),
                link(month(shown.plusMonths(1).atDay(1)), "Month after"))
            .as("pager")
            .with("aria-label", "Months"),
        element(
                "table",
                element("caption", "Snapshots in " + name),
                element("thead", element("tr", Html.of(heads()))),
                element("tbody", Html.of(weeks)))
            .as("calendar"));
  }

  private static List<Html> heads() {
    return Arrays.stream(DayOfWeek.values())
        .<Html>map(
            day ->
                element("th", day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                    .with("scope", "col"))
        .toList();
  }

  private Html cell(LocalDate day, LocalDate chosen) {
    if (!YearMonth.from(day).equals(shown)) {
      return element("td");
    }
    int count = days.getOrDefault(day, 0);
    Html number = text(day.getDayOfMonth());
    if (count == 0) {
      return element("td", element("span", number).as("none"));
    }
    Html.Element to =
        link(
            month(day),
            number,
            element(
                "small",
                text(count),
                element("span", count == 1 ? " snapshot" : " snapshots").as("hidden")));
    return element("td", day.equals(chosen) ? to.with("aria-current", "date") : to);
  }
}
