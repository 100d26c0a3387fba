/**
 * The history of messages: what each says of itself, where it was in each snapshot and under which
 * flags, found by its words in all snapshots at once.
 *
 * <pre>
 *   backup:   HeaderCapture   messages pass by -> notes under directory and name
 *   after it: HistoryUpdate   snapshots not seen yet, the oldest first
 *               SnapshotUpdate    directories down to the Maildirs; what is as before is passed
 *               MailboxUpdate     the last form and the new one, node by node -> Life
 *               FactsSource       the notes, else HeaderReading: header blocks of the repository
 *               HistoryWriter     messages, lives and WaitingPostings, in batches that count whole
 *             ForgottenLives    what no snapshot can give back any more is taken out
 *   commands: History         MessageSearch (terms -> candidates -> messages), MailboxLog
 * </pre>
 *
 * <p><b>The repository holds it all already.</b> Folders, flags and moves are what the trees of
 * snapshots differ in, and headers are chunks in blocks of their own. So the history adds no object
 * to the repository; what is here is an index in the host state, made anew from trees, headers and,
 * for the names of attachments, texts of multiparts whenever it is missing, lags, or another host
 * made snapshots. Notes made while a backup reads save that reading; both ways give the same facts,
 * for both give the same bytes to the same reader. A note is found without searching: the update
 * goes through a Maildir in the order of names, and so do the keys of notes.
 *
 * <p><b>Who may read.</b> The index tells sender and subject of every message in plain text, in a
 * folder that only its owner can enter, like the names and mailboxes of the scan state. A writer
 * key can search nothing, so a host with one notes nothing either: it keeps no header of a message
 * that its user has deleted.
 *
 * <p><b>One message, one life.</b> Within a mailbox the base name of a file is the message: it
 * stays through flags and moves. What leaves one place and arrives at another between two snapshots
 * under one base name has moved; a second file of that name at the same time is a life of its own;
 * what comes back with the same content goes on with its old life. Each snapshot is compared with
 * the last form of each mailbox that was noted, whatever snapshot of that host showed it, so runs
 * over overlapping folders tell one story. A snapshot that does not cover a mailbox, or could not
 * read some of it, says nothing about it.
 *
 * <p><b>Searching.</b> An inverted index of words, in RocksDB beside the rest. Lucene was left out:
 * it would be a second store to keep in step with the first, and more classes to load at each start
 * than the search itself takes time. What it does better, ranking and phrases, is of little use
 * where the question is which message was lost.
 */
@NullMarked
package org.mailkeep.engine.history;

import org.jspecify.annotations.NullMarked;
