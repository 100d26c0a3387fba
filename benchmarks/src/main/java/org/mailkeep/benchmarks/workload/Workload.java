package org.mailkeep.benchmarks.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shapes of mail store that are measured. */
enum Workload {
  /** A provider's store: 102,706 files in 11,342 folders, files attached to one message in six. */
  STORE(8, 664, 5, ".Sent .Trash .Junk", 95_383, 0.12, 0),
  /** 13,000 messages of mailing lists, delivered 60,000 times. */
  LISTS(4, 400, 2, ".Lists", 60_000, 0, 13_000),
  /** One Maildir with everything in cur. */
  FAT(1, 1, 1, "", 100_000, 0, 0),
  /** A million small messages. */
  SCALE(8, 10_000, 20, "", 1_000_000, 0, 0),
  /** A company: few mailboxes, large office files sent to and fro, CRLF, messages in messages. */
  MIXED(2, 24, 1, ".Sent .Archive.2025 .Drafts .Trash", 3_600, 0.30, 0);

  final int domains;
  final int mailboxes;

  /** How many folders a domain spreads its users over. */
  final int buckets;

  /** Folders beside the inbox, with a space between. */
  private final String folders;

  final int deliveries;

  /** The share of messages with several recipients here. */
  final double several;

  /** How many different messages there are, or 0 where {@link #several} decides. */
  final int messages;

  Workload(
      int domains,
      int mailboxes,
      int buckets,
      String folders,
      int deliveries,
      double several,
      int messages) {
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.buckets = buckets;
    this.folders = folders;
    this.deliveries = deliveries;
    this.several = several;
    this.messages = messages;
  }

  MessageSource source(Corpus corpus) {
    return switch (this) {
      case STORE -> new StoreMessages(corpus);
      case LISTS -> new ListMessages(corpus);
      case FAT -> new SmallMessages(corpus, 900);
      case SCALE -> new SmallMessages(corpus, 500);
      case MIXED -> new OfficeMessages(corpus);
    };
  }

  /** The names of the Maildir++ folders of a mailbox, without the inbox. */
  List<String> folders() {
    return folders.isEmpty() ? List.of() : List.of(folders.split(" "));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Workload> named(String label) {
    return Arrays.stream(values()).filter(workload -> workload.label().equals(label)).findFirst();
  }
}
