package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the story of a mailbox, snapshot by snapshot, in each the messages by their date. What it
 * holds meanwhile are some numbers for each change in the one mailbox. For one thread.
 */
final class MailboxLog {

  private final HistoryTables tables;
  private final SnapshotLog snapshots;
  private final KnownMailbox mailbox;

  MailboxLog(HistoryTables tables, SnapshotLog snapshots, KnownMailbox mailbox) {
    this.tables = tables;
    this.snapshots = snapshots;
    this.mailbox = mailbox;
  }

  /** One change of one message; snapshot and message by their numbers. */
  private record Step(int snapshot, int message, int state) {}

  void tell(LogQuery query, Consumer<LogEntry> listener) {
    List<Step> steps = new ArrayList<>();
    tables.forEachLife(mailbox.number(), life -> addSteps(life, query, steps));
    steps.sort(Comparator.comparingInt(Step::snapshot).thenComparingInt(Step::message));
    for (int from = 0; from < steps.size(); ) {
      int to = from;
      List<LogEntry> together = new ArrayList<>();
      while (to < steps.size() && steps.get(to).snapshot() == steps.get(from).snapshot()) {
        entry(steps.get(to)).filter(query::wants).ifPresent(together::add);
        to++;
      }
      together.sort(Comparator.comparing(LogEntry::date).thenComparing(LogEntry::base));
      together.forEach(listener);
      from = to;
    }
  }

  private void addSteps(Life life, LogQuery query, List<Step> steps) {
    for (int i = 0; i < life.states().size(); i++) {
      int snapshot = life.states().get(i).snapshot();
      if (query.since().filter(snapshots.get(snapshot).time()::isBefore).isEmpty()) {
        steps.add(new Step(snapshot, life.message(), i));
      }
    }
  }

  private Optional<LogEntry> entry(Step step) {
    return tables
        .message(step.message())
        .flatMap(m -> tables.life(step.message(), m).map(life -> entry(step, m, life)));
  }

  private LogEntry entry(Step step, KeptMessage message, Life life) {
    LifeState state = life.states().get(step.state());
    Optional<LifeState> before =
        step.state() == 0 ? Optional.empty() : Optional.of(life.states().get(step.state() - 1));
    return new LogEntry(
        snapshots.get(step.snapshot()),
        Happening.of(before, state, mailbox),
        before.flatMap(LifeState::place),
        state.place(),
        message.base(),
        message.size(),
        message.date(),
        message.facts());
  }
}
