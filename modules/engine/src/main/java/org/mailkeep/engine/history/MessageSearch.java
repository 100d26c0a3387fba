package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mailkeep.model.FileName;
import org.mailkeep.repository.state.StateDatabase;

/**
 * Searches the history. Every condition has terms in the index, and what is common to all of them
 * is a candidate; as soon as there are few, the messages themselves are looked at, which decides in
 * any case. So the time is that of what is found, not of what there is. For one thread.
 */
final class MessageSearch {

  /** So many messages are sooner looked at than another list of terms is read. */
  private static final int FEW = 200;

  private final HistoryTables tables;
  private final StateDatabase state;
  private final SnapshotLog snapshots;
  private final Map<Integer, Optional<KnownMailbox>> mailboxes = new HashMap<>();

  MessageSearch(HistoryTables tables, SnapshotLog snapshots) {
    this.tables = tables;
    this.state = tables.state();
    this.snapshots = snapshots;
  }

  /**
   * The messages that a query asks for, by date.
   *
   * @param limit how many at most; of more, those that were seen first by the latest snapshots
   */
  History.Result find(HistoryQuery query, int limit) {
    int[] candidates = candidates(query);
    List<FoundMessage> found = new ArrayList<>();
    boolean more = false;
    for (int i = candidates.length - 1; i >= 0 && !more; i--) {
      Optional<FoundMessage> message = look(query, candidates[i]);
      more = message.isPresent() && found.size() == limit;
      if (!more) {
        message.ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparing(FoundMessage::date)
            .thenComparing((FoundMessage message) -> message.mailbox().path())
            .thenComparing(FoundMessage::base));
    return new History.Result(found, more);
  }

  /** Calls back with all messages that a query asks for, in the order of their numbers. */
  void forEach(HistoryQuery query, Consumer<FoundMessage> visitor) {
    for (int candidate : candidates(query)) {
      look(query, candidate).ifPresent(visitor);
    }
  }

  /** The base names of all messages of a mailbox that a query asks for. */
  Set<FileName> names(MessageQuery query, KnownMailbox mailbox) {
    HistoryQuery all =
        new HistoryQuery(
            query, Optional.of(List.of(mailbox)), Optional.empty(), false, Optional.empty());
    Set<FileName> names = new HashSet<>();
    for (int candidate : candidates(all)) {
      kept(all, candidate).map(KeptMessage::base).ifPresent(names::add);
    }
    return names;
  }

  private int[] candidates(HistoryQuery query) {
    List<Supplier<int[]>> conditions = conditions(query);
    if (conditions.isEmpty()) {
      return tables
          .counters()
          .map(next -> IntStream.range(0, next.message()).toArray())
          .orElse(new int[0]);
    }
    int[] common = conditions.getFirst().get();
    for (int i = 1; i < conditions.size() && common.length > FEW; i++) {
      common = common(common, conditions.get(i).get());
    }
    return common;
  }

  /** The lists of terms, those that most often are short first. */
  private List<Supplier<int[]>> conditions(HistoryQuery query) {
    MessageQuery message = query.message();
    List<Supplier<int[]>> lists = new ArrayList<>();
    message.messageId().ifPresent(id -> lists.add(() -> exactly(Terms.messageId(id))));
    message.any().ifPresent(pattern -> lists.add(() -> inAnyField(pattern)));
    message.attachment().ifPresent(pattern -> addWords(lists, Terms.ATTACHMENT, pattern));
    message.subject().ifPresent(pattern -> addWords(lists, Terms.SUBJECT, pattern));
    message.from().ifPresent(pattern -> addWords(lists, Terms.FROM, pattern));
    message.to().ifPresent(pattern -> addWords(lists, Terms.TO, pattern));
    query.mailboxes().ifPresent(these -> lists.add(() -> inMailboxes(these)));
    if (query.wantsGone()) {
      lists.add(() -> Postings.beginning(state, Terms.anyGone()));
    }
    query
        .folder()
        .ifPresent(folder -> lists.add(() -> exactly(Terms.folder(folder.name().toString()))));
    if (message.larger().isPresent() || message.smaller().isPresent()) {
      String least = Terms.size(message.larger().orElse(0L));
      String most = Terms.size(message.smaller().orElse(Long.MAX_VALUE));
      lists.add(() -> Postings.between(state, least, most));
    }
    if (message.since().isPresent() || message.before().isPresent()) {
      String first = message.since().map(Terms::day).orElse(Terms.firstDay());
      String last = message.before().map(Terms::day).orElse(Terms.lastDay());
      lists.add(() -> Postings.between(state, first, last));
    }
    return lists;
  }

  private void addWords(List<Supplier<int[]>> lists, char about, TextPattern pattern) {
    // The longest word is likely to be the rarest.
    pattern.parts().stream()
        .sorted(Comparator.comparingInt((TextPattern.Part part) -> -part.word().length()))
        .forEach(
            part ->
                lists.add(
                    () ->
                        part.beginning()
                            ? Postings.beginning(state, about + part.word())
                            : exactly(about + part.word())));
  }

  private int[] inAnyField(TextPattern pattern) {
    IntList all = new IntList(64);
    for (char about : new char[] {Terms.FROM, Terms.TO, Terms.SUBJECT, Terms.ATTACHMENT}) {
      List<Supplier<int[]>> lists = new ArrayList<>();
      addWords(lists, about, pattern);
      int[] found = lists.getFirst().get();
      for (Supplier<int[]> more : lists.subList(1, lists.size())) {
        found = common(found, more.get());
      }
      Arrays.stream(found).forEach(all::add);
    }
    return all.sorted();
  }

  private int[] exactly(String term) {
    return Postings.between(state, term, term);
  }

  private int[] inMailboxes(List<KnownMailbox> these) {
    IntList all = new IntList(256);
    for (KnownMailbox mailbox : these) {
      Arrays.stream(exactly(Terms.mailbox(mailbox.number()))).forEach(all::add);
    }
    return all.sorted();
  }

  private static int[] common(int[] a, int[] b) {
    IntList both = new IntList(Math.min(a.length, b.length));
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        both.add(a[i]);
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return both.sorted();
  }

  private Optional<FoundMessage> look(HistoryQuery query, int number) {
    return kept(query, number)
        .flatMap(m -> tables.life(number, m).flatMap(life -> found(query, m, life)));
  }

  private Optional<KeptMessage> kept(HistoryQuery query, int number) {
    return tables
        .message(number)
        .filter(m -> query.message().fits(m.facts(), m.size(), m.delivered()))
        .filter(m -> query.mailboxes().filter(these -> !isIn(these, m)).isEmpty());
  }

  private static boolean isIn(List<KnownMailbox> mailboxes, KeptMessage message) {
    return mailboxes.stream().anyMatch(mailbox -> mailbox.number() == message.mailbox());
  }

  private Optional<FoundMessage> found(HistoryQuery query, KeptMessage message, Life life) {
    Optional<KnownSnapshot> gone =
        life.place().isPresent()
            ? Optional.empty()
            : Optional.of(snapshots.get(life.states().getLast().snapshot()));
    if ((query.wantsGone() && gone.isEmpty())
        || query.deletedSince().filter(time -> isBefore(gone, time)).isPresent()
        || query.folder().filter(folder -> !wasIn(life, folder)).isPresent()) {
      return Optional.empty();
    }
    return mailboxes
        .computeIfAbsent(life.mailbox(), tables::mailbox)
        .flatMap(
            mailbox ->
                snapshots
                    .last(mailbox, life.states())
                    .map(last -> found(message, life, mailbox, last, gone)));
  }

  private static boolean isBefore(Optional<KnownSnapshot> gone, Instant time) {
    return gone.filter(snapshot -> snapshot.time().isBefore(time)).isPresent();
  }

  private static boolean wasIn(Life life, FolderPattern folder) {
    return life.states().stream()
        .flatMap((LifeState state) -> state.place().stream())
        .anyMatch(folder::fits);
  }

  private FoundMessage found(
      KeptMessage message,
      Life life,
      KnownMailbox mailbox,
      SnapshotLog.Sighting last,
      Optional<KnownSnapshot> gone) {
    return new FoundMessage(
        mailbox,
        message.base(),
        message.size(),
        message.delivered(),
        message.date(),
        MessageHeader.of(message.facts()),
        last.place(),
        snapshots.get(life.states().getFirst().snapshot()),
        last.snapshot(),
        gone,
        life.states());
  }
}
