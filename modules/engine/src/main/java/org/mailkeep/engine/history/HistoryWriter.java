package org.mailkeep.engine.history;

import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.Load;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Writes the history, some ten thousand messages at a time: the messages, their lives and their
 * terms take effect together, with the counters, so that a run that is cut off leaves nothing half
 * noted. Few of them go through the state's log in one batch. Many are loaded beside it, table by
 * table, and a note says so meanwhile: where that is still there, the history is made anew.
 *
 * <p>For one thread.
 */
final class HistoryWriter implements AutoCloseable {

  /** Bytes of records that wait at most. */
  static final long MAX_BYTES = 16L << 20;

  /** Terms of messages that wait at most. */
  private static final int MAX_TERMS = 1_000_000;

  /** More records than this, in bytes, are loaded: below, to open files costs more. */
  private static final long MANY = 4L << 20;

  private final HistoryTables tables;
  private final Batch batch;
  private final PendingRecords messages = new PendingRecords(Table.MESSAGES);
  private final PendingRecords lives = new PendingRecords(Table.LIVES);
  private final WaitingPostings postings = new WaitingPostings();
  private FileName lastFolder = MessagePlace.INBOX;
  private String lastFolderWord = "";
  private int nextMessage;
  private int nextMailbox;
  private int nextSnapshot;

  /** Goes on with what is noted; where that is of no use, begins anew. */
  HistoryWriter(HistoryTables tables) {
    this.tables = tables;
    this.batch = tables.state().batch();
    HistoryTables.Counters next = tables.counters().orElseGet(this::startAnew);
    nextMessage = next.message();
    nextMailbox = next.mailbox();
    nextSnapshot = next.snapshot();
  }

  private HistoryTables.Counters startAnew() {
    clear();
    return new HistoryTables.Counters(0, 0, 0);
  }

  /** Forgets the history. */
  void clear() {
    batch.clear(Table.HISTORY).clear(Table.MESSAGES).clear(Table.LIVES).clear(Table.WORDS);
    nextMessage = 0;
    nextMailbox = 0;
    nextSnapshot = 0;
    commit();
  }

  /** Forgets what passed by in backups. */
  void clearHeaders() {
    batch.clear(Table.HEADERS).commit();
  }

  int newSnapshot() {
    return nextSnapshot++;
  }

  int newMailbox() {
    return nextMailbox++;
  }

  /** A message that was not there before, with the number that it gets. */
  int add(KeptMessage message) {
    int number = nextMessage++;
    HistoryTables.put(messages, number, message);
    postings.add(message, number);
    return number;
  }

  /** A life, with what is new about it. */
  void put(Life life) {
    HistoryTables.put(lives, life);
    LifeState last = life.states().getLast();
    last.place()
        .ifPresentOrElse(
            place -> {
              if (isNewFolder(life, place)) {
                postings.add(Terms.FOLDER, folderWord(place), life.message());
              }
            },
            () -> postings.add(Terms.GONE, Terms.goneWord(last.snapshot()), life.message()));
  }

  /**
   * What is noted already must not be again: a record of many would give way to one of it alone.
   */
  private static boolean isNewFolder(Life life, MessagePlace place) {
    List<LifeState> before = life.states().subList(0, life.states().size() - 1);
    return before.stream()
        .flatMap((LifeState state) -> state.place().stream())
        .noneMatch(place::isSameFolder);
  }

  private String folderWord(MessagePlace place) {
    if (lastFolderWord.isEmpty() || !lastFolder.equals(place.folder())) {
      lastFolder = place.folder();
      lastFolderWord = Terms.folderWord(place.folderName());
    }
    return lastFolderWord;
  }

  void put(KnownMailbox mailbox) {
    HistoryTables.put(batch, mailbox);
  }

  void put(KnownSnapshot snapshot) {
    HistoryTables.put(batch, snapshot);
  }

  /** Writes what is waiting if it is much. */
  void commitIfMuch() {
    if (waiting() > MAX_BYTES || batch.size() > MAX_BYTES || postings.size() > MAX_TERMS) {
      commit();
    }
  }

  private long waiting() {
    return messages.bytes() + lives.bytes();
  }

  /** Writes what is waiting. */
  void commit() {
    if (waiting() > MANY) {
      load();
    } else {
      messages.write(batch);
      lives.write(batch);
      postings.write((key, steps) -> batch.put(Table.WORDS, key, steps));
    }
    HistoryTables.put(batch, new HistoryTables.Counters(nextMessage, nextMailbox, nextSnapshot));
    batch.commit();
  }

  private void load() {
    StateDatabase state = tables.state();
    try (Batch note = state.batch();
        Load words = state.load(Table.WORDS)) {
      HistoryTables.beginLoading(note);
      note.commitSynced();
      messages.load(state);
      lives.load(state);
      postings.write(words::put);
      words.finish();
    }
    HistoryTables.endLoading(batch);
  }

  HistoryTables tables() {
    return tables;
  }

  @Override
  public void close() {
    batch.close();
  }
}
