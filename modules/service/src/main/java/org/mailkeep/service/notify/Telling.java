package org.mailkeep.service.notify;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.run.Overview;
import org.mailkeep.service.run.Overview.Line;
import org.mailkeep.service.run.RunState;
import org.mailkeep.service.run.RunWatch;
import org.mailkeep.service.schedule.Schedule;

/** Tells each channel what it does not know yet. */
public final class Telling {

  private final Configuration configuration;
  private final String host;
  private final List<Channel> channels;
  private final RunWatch watch;

  /**
   * @param host that it is about
   * @param channels in which
   */
  public Telling(Configuration configuration, String host, List<Channel> channels, RunWatch watch) {
    this.configuration = configuration;
    this.host = host;
    this.channels = List.copyOf(channels);
    this.watch = watch;
  }

  /** Tells what has changed since each was told, and the summary where one is due. */
  public void tell(RunState state, Instant now, ZoneId zone) {
    Overview overview = Overview.of(configuration, state, now, zone);
    boolean summed = false;
    for (Channel channel : channels) {
      changes(channel, overview, state);
      summed |= digest(channel, overview, state, now, zone);
    }
    if (summed) {
      overview.lines().stream()
          .map(line -> line.step().title())
          .forEach(title -> state.step(title, state.step(title).withoutTally()));
    }
  }

  private void changes(Channel channel, Overview overview, RunState state) {
    SortedMap<String, String> told = state.told(channel.name());
    SortedMap<String, String> now = new TreeMap<>();
    List<String> bad = new ArrayList<>();
    List<String> well = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Line line : overview.lines()) {
      String title = line.step().title();
      if (line.isBad()) {
        String problem = problem(line);
        now.put(title, told.getOrDefault(title, problem));
        if (!told.containsKey(title)) {
          bad.add(title);
          lines.add("FAILED  " + title + ": " + problem);
        }
      } else if (told.containsKey(title)) {
        well.add(title);
        lines.add("well again  " + title);
      }
    }
    if (bad.isEmpty() && well.isEmpty()) {
      state.told(channel.name(), now);
      return;
    }
    int others = now.size() - bad.size();
    if (others > 0) {
      lines.add("Told before and not mended yet: " + others);
    }
    lines.add("");
    lines.add("'mailkeep status' on " + host + " says more.");
    if (send(channel, new Message(subject(bad, well), lines, bad, well, false))) {
      state.told(channel.name(), now);
    }
  }

  private static String problem(Line line) {
    return line.state().problem().orElse("it has been due for too long");
  }

  private String subject(List<String> bad, List<String> well) {
    return "Mailkeep on "
        + host
        + ": "
        + (bad.isEmpty()
            ? String.join(", ", well) + (well.size() == 1 ? " is" : " are") + " well again"
            : String.join(", ", bad) + " failed");
  }

  private boolean digest(
      Channel channel, Overview overview, RunState state, Instant now, ZoneId zone) {
    Optional<Schedule> schedule = configuration.notifications().digest();
    if (schedule.isEmpty()) {
      return false;
    }
    Optional<Instant> last = state.digest(channel.name()).filter(time -> !time.isAfter(now));
    if (last.isEmpty()) {
      // A week begins; there is nothing to sum up yet.
      state.digest(channel.name(), now);
      return false;
    }
    if (schedule.get().next(last.get(), zone).isAfter(now)) {
      return false;
    }
    long bad = overview.lines().stream().filter(Line::isBad).count();
    String subject =
        "Mailkeep on "
            + host
            + ": "
            + (bad == 0
                ? "all is well"
                : bad == 1 ? "1 step is not well" : bad + " steps are not well");
    if (!send(
        channel, new Message(subject, Digest.lines(overview, zone), List.of(), List.of(), true))) {
      return false;
    }
    state.digest(channel.name(), now);
    return true;
  }

  private boolean send(Channel channel, Message message) {
    Optional<String> failed = channel.send(message);
    failed.ifPresent(
        text ->
            watch.problem(
                "nobody could be told by "
                    + channel.name()
                    + ", the next run tries again: "
                    + text));
    if (failed.isEmpty()) {
      watch.told(channel.name(), message.subject());
    }
    return failed.isEmpty();
  }
}
