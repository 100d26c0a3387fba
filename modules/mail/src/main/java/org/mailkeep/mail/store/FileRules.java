package org.mailkeep.mail.store;

import static org.mailkeep.mail.store.FileClass.CACHE;
import static org.mailkeep.mail.store.FileClass.LOCK;
import static org.mailkeep.mail.store.FileClass.MUST_KEEP;
import static org.mailkeep.mail.store.FileClass.ORDINARY;
import static org.mailkeep.mail.store.FileClass.TEMPORARY;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

/**
 * The control files, caches, locks and leftovers of qmail, vpopmail, Courier, SqWebMail and Dovecot
 * by name and place. The first rule that fits counts. Names come from the programs' sources; on
 * control files against caches see Dovecot's page on the Maildir format.
 */
public final class FileRules {

  /** One row of a table: names, what they are, why. */
  private record Rule(List<NamePattern> names, FileClass fileClass, String reason) {

    boolean fits(FileName name) {
      for (NamePattern pattern : names) {
        if (pattern.matches(name)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final List<Rule> MAILDIR =
      List.of(
          rule(
              MUST_KEEP,
              "UIDs of the messages; without them every client fetches all mail again",
              "courierimapuiddb",
              "courierpop3dsizelist",
              "dovecot-uidlist",
              "dovecot-uidvalidity",
              "dovecot-uidvalidity.*"),
          rule(
              MUST_KEEP,
              "keywords of the messages, which are only valid with the same file names",
              "courierimapkeywords",
              "dovecot-keywords"),
          rule(
              MUST_KEEP,
              "quota and usage; Courier may have the quota nowhere else, and a stale sum is counted"
                  + " anew",
              "maildirsize"),
          rule(LOCK, "a lock, which only a running program needs", "*.lock"),
          rule(
              CACHE,
              "an index that Dovecot builds again without any side effects",
              "dovecot.index",
              "dovecot.index.*",
              "dovecot.list.index",
              "dovecot.list.index.*",
              "dovecot.map.index",
              "dovecot.map.index.*",
              "dovecot.mailbox.log",
              "dovecot.mailbox.log.*",
              "dovecot-acl-list"),
          rule(CACHE, "a Sieve script in compiled form, made again from its source", "*.svbin"),
          rule(
              CACHE,
              "the state of a web mail session",
              "sqwebmail-curcache",
              "sqwebmail-curcache.*",
              "sqwebmail-curcnt",
              "sqwebmail-timestamp",
              "sqwebmail-token",
              "sqwebmail-ip",
              "sqwebmail-sharedpath"));

  private static final List<Rule> DOMAIN =
      List.of(
          rule(
              ORDINARY,
              "a live database: a copy made while vpopmail writes may be broken, so dump it first",
              "_vpopmail.sqlite"),
          rule(LOCK, "a lock, which only a running program needs", ".vpasswd.lock", "*.lock"),
          rule(
              TEMPORARY,
              "half-written, or left by a program that was stopped",
              "vpasswd.bak.<pid>",
              "cdb.tmp",
              ".dir-control.<pid>"));

  private static final List<Rule> VPOPMAIL_ETC =
      List.of(
          rule(LOCK, "a lock, which only a running program needs", "*.lock"),
          rule(
              TEMPORARY,
              "roaming users' addresses, good for minutes",
              "open-smtp.tmp",
              "open-smtp.tmp.<pid>",
              "tcp.tmp.<pid>"));

  private static final List<Rule> QMAIL_CONFIG =
      List.of(
          rule(LOCK, "a lock, which only a running program needs", "*.lock"),
          rule(
              TEMPORARY,
              "half-written, or left by a program that was stopped",
              "cdb.tmp",
              "morercpthosts.tmp",
              "assign.<pid>",
              "rcpthosts.<pid>",
              "morercpthosts.<pid>",
              "virtualdomains.<pid>",
              "locals.<pid>"));

  private static final Map<Place, List<Rule>> TABLES =
      new EnumMap<>(
          Map.of(
              Place.MAILDIR, MAILDIR,
              Place.DOMAIN, DOMAIN,
              Place.VPOPMAIL_ETC, VPOPMAIL_ETC,
              Place.QMAIL_CONFIG, QMAIL_CONFIG));

  private static final Verdict IN_TMP =
      new Verdict(TEMPORARY, "a message that is still being delivered, or never was");

  private FileRules() {}

  private static Rule rule(FileClass fileClass, String reason, String... names) {
    return new Rule(Stream.of(names).map(NamePattern::of).toList(), fileClass, reason);
  }

  /**
   * What the entry {@code name} of a directory is. A verdict on a directory stands for all that is
   * in it.
   */
  public static Verdict classify(Place place, FileName name, EntryType type) {
    if (place == Place.MESSAGES) {
      return type == EntryType.FILE && MessageName.isMessage(name)
          ? Verdict.MESSAGE
          : Verdict.ORDINARY;
    }
    if (place == Place.MAILDIR_TMP) {
      return IN_TMP;
    }
    for (Rule rule : TABLES.getOrDefault(place, List.of())) {
      if (rule.fits(name)) {
        // Whole directories are never left out for their name: a folder may be called anything.
        return type == EntryType.DIRECTORY && !rule.fileClass().isStored()
            ? Verdict.ORDINARY
            : new Verdict(rule.fileClass(), rule.reason());
      }
    }
    return Verdict.ORDINARY;
  }
}
