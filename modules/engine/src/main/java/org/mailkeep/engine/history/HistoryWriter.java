package org.mailkeep.engine.history;

import org.mailkeep.model.FileName;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Writes the history, some thousand messages at a time: the messages, their lives and their terms
 * take effect together, with the counters, so that a run that is cut off leaves nothing half noted.
 * For one thread.
 */
final class HistoryWriter implements AutoCloseable {

  /** Bytes of records and numbers of terms that wait at most. */
  static final long MAX_BYTES = 8L << 20;

  private static final int MAX_TERMS = 500_000;

  private final HistoryTables tables;
  private final StateDatabase.Batch batch;
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
    HistoryTables.put(batch, number, message);
    Terms.forEach(message, (about, word) -> postings.add(about, word, number));
    // No two messages have one id but copies, so waiting for more of them is of no use.
    String id = message.facts().messageId();
    if (!id.isEmpty()) {
      Postings.put(batch, Terms.messageId(id), number);
    }
    return number;
  }

  /** A life, with what is new about it. */
  void put(Life life) {
    HistoryTables.put(batch, life);
    LifeState last = life.states().getLast();
    last.place()
        .ifPresentOrElse(
            place -> postings.add(Terms.FOLDER, folderWord(place), life.message()),
            () -> postings.add(Terms.GONE, Terms.goneWord(last.snapshot()), life.message()));
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
    if (batch.size() > MAX_BYTES || postings.size() > MAX_TERMS) {
      commit();
    }
  }

  /** Writes what is waiting. */
  void commit() {
    postings.write(batch);
    HistoryTables.put(batch, new HistoryTables.Counters(nextMessage, nextMailbox, nextSnapshot));
    batch.commit();
  }

  HistoryTables tables() {
    return tables;
  }

  @Override
  public void close() {
    batch.close();
  }
}
