package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.diff.DiffObserver;
import org.mailkeep.engine.diff.Difference;
import org.mailkeep.engine.diff.TreeDiff;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Notes what is new about one mailbox in one snapshot. A known mailbox is compared with its last
 * form node by node, so the time is that of the changes; what has gone from one place and come to
 * another under the same base name has moved.
 *
 * <p>Where the last form is not to be had, since only some of it was noted or its nodes were
 * pruned, the notes themselves are compared with what is there now.
 */
final class MailboxUpdate {

  private static final FileName NO_NAME = FileName.of("mailbox");
  private static final Metadata NO_METADATA = new Metadata(0, 0, 0, 0, 0, List.of());

  private final HistoryWriter writer;
  private final HistoryTables tables;
  private final TreeReader trees;
  private final FactsSource facts;
  private final Cancellation cancellation;

  MailboxUpdate(
      HistoryWriter writer, TreeReader trees, FactsSource facts, Cancellation cancellation) {
    this.writer = writer;
    this.tables = writer.tables();
    this.trees = trees;
    this.facts = facts;
    this.cancellation = cancellation;
  }

  /** Notes the mailbox as this snapshot has it; gives its number. */
  int update(KnownSnapshot snapshot, RawPath path, ChunkId now) {
    Optional<KnownMailbox> known = tables.mailbox(snapshot.host(), path);
    if (known.isEmpty()) {
      return begin(snapshot, path, now);
    }
    KnownMailbox mailbox = known.get();
    if (!mailbox.root().equals(now)) {
      MailboxChanges changes =
          difference(mailbox, now).orElseGet(() -> comparisonWithNotes(mailbox, now));
      apply(snapshot.number(), mailbox, changes);
      writer.put(mailbox.seen(snapshot.number(), now));
      writer.commitIfMuch();
    }
    return mailbox.number();
  }

  private int begin(KnownSnapshot snapshot, RawPath path, ChunkId now) {
    int at = snapshot.number();
    KnownMailbox mailbox =
        new KnownMailbox(writer.newMailbox(), snapshot.host(), path, at, at, KnownMailbox.NO_NODE);
    writer.put(mailbox);
    forEachMessage(now, message -> beginLife(at, mailbox, message));
    writer.put(mailbox.seen(at, now));
    writer.commitIfMuch();
    return mailbox.number();
  }

  /** Notes that the whole mailbox is gone. */
  void gone(KnownSnapshot snapshot, KnownMailbox mailbox) {
    if (mailbox.root().equals(KnownMailbox.GONE)) {
      return;
    }
    tables.forEachLife(
        mailbox.number(),
        life -> {
          if (life.place().isPresent()) {
            writer.put(life.then(snapshot.number(), Optional.empty()));
            writer.commitIfMuch();
          }
        });
    writer.put(mailbox.seen(snapshot.number(), KnownMailbox.GONE));
  }

  private void forEachMessage(ChunkId root, Consumer<PlacedMessage> visitor) {
    new MaildirMessages(trees, cancellation, visitor).visit(root);
  }

  /** What has changed since the mailbox's last form; empty where that is not to be had. */
  private Optional<MailboxChanges> difference(KnownMailbox mailbox, ChunkId now) {
    if (!mailbox.isWhole()) {
      return Optional.empty();
    }
    RawPath path = mailbox.path();
    MailboxChanges found = new MailboxChanges();
    Changes changes =
        new Changes(
            difference -> {
              switch (difference) {
                case Difference.Added added ->
                    PlacedMessage.of(path, added.path(), added.after()).ifPresent(found::added);
                case Difference.Removed removed ->
                    PlacedMessage.of(path, removed.path(), removed.before())
                        .ifPresent(message -> found.removed(message.base(), message.place()));
                case Difference.Changed _ -> {}
              }
            });
    new TreeDiff(trees, changes, cancellation).compare(path, entry(mailbox.root()), entry(now));
    return changes.damage.isEmpty() ? Optional.of(found) : Optional.empty();
  }

  private MailboxChanges comparisonWithNotes(KnownMailbox mailbox, ChunkId now) {
    Map<FileName, List<MessagePlace>> alive = new HashMap<>();
    tables.forEachLife(
        mailbox.number(),
        life ->
            life.place()
                .ifPresent(
                    place ->
                        alive.computeIfAbsent(life.base(), _ -> new ArrayList<>(1)).add(place)));
    MailboxChanges found = new MailboxChanges();
    forEachMessage(
        now,
        message -> {
          List<MessagePlace> places = alive.getOrDefault(message.base(), List.of());
          if (places.isEmpty() || !places.remove(message.place())) {
            found.added(message);
          }
        });
    alive.forEach((base, places) -> places.forEach(place -> found.removed(base, place)));
    return found;
  }

  private void apply(int snapshot, KnownMailbox mailbox, MailboxChanges changes) {
    int number = mailbox.number();
    changes.forEach(
        (message, from) -> {
          List<Life> lives = tables.lives(number, message.base());
          Optional<Life> life =
              from.isPresent()
                  ? at(lives, from.get())
                  : lives.stream().filter(dead -> isReturn(dead, message)).findFirst();
          if (life.isPresent()) {
            writer.put(life.get().then(snapshot, Optional.of(message.place())));
          } else {
            beginLife(snapshot, mailbox, message);
          }
          writer.commitIfMuch();
        },
        (base, place) ->
            at(tables.lives(number, base), place)
                .ifPresent(life -> writer.put(life.then(snapshot, Optional.empty()))));
  }

  private static Optional<Life> at(List<Life> lives, MessagePlace place) {
    return lives.stream()
        .filter(life -> life.place().filter(place::equals).isPresent())
        .findFirst();
  }

  /** Whether a message that is gone has come back. */
  private boolean isReturn(Life life, PlacedMessage message) {
    return life.place().isEmpty() && life.content() == facts.identity(message.file().recipe());
  }

  private void beginLife(int snapshot, KnownMailbox in, PlacedMessage message) {
    int mailbox = in.number();
    long identity = facts.identity(message.file().recipe());
    int number =
        writer.add(
            new KeptMessage(
                mailbox,
                message.base(),
                message.file().size(),
                Instant.ofEpochSecond(message.entry().metadata().mtimeSeconds()),
                facts.facts(in.path(), message, identity)));
    LifeState state = new LifeState(snapshot, Optional.of(message.place()));
    writer.put(new Life(mailbox, message.base(), number, identity, List.of(state)));
    writer.commitIfMuch();
  }

  private static Optional<Entry> entry(ChunkId root) {
    return Optional.of(new Entry(NO_NAME, NO_METADATA, new Body.Directory(root, 0, 0, false), 0));
  }

  /** Passes differences on and remembers the first damage. */
  private static final class Changes implements DiffObserver {
    private final Consumer<Difference> taker;
    private Optional<UnreadableException> damage = Optional.empty();

    Changes(Consumer<Difference> taker) {
      this.taker = taker;
    }

    @Override
    public void found(Difference difference) {
      taker.accept(difference);
    }

    @Override
    public void damaged(RawPath directory, UnreadableException problem) {
      damage = damage.or(() -> Optional.of(problem));
    }
  }
}
