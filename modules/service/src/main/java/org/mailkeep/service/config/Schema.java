package org.mailkeep.service.config;

import static org.mailkeep.service.config.Kind.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All keys there are. */
public final class Schema {

  static final String REPOSITORY = "repository";
  static final String SOURCE = "source";
  static final String COPY = "copy";
  static final String RETENTION = "retention";
  static final String PRUNE = "prune";
  static final String CHECK = "check";
  static final String HOOK = "hook";
  static final String NOTIFY = "notify";
  static final String STATUS = "status";

  /** Tables that stand in the file once; their keys have options and variables. */
  private static final List<Key> SINGLE =
      List.of(
          Key.of(REPOSITORY, "place", PLACE).as("--repo").in("MAILKEEP_REPOSITORY"),
          Key.of(REPOSITORY, "key-file", SECRET_FILE).as("--key-file"),
          Key.of(REPOSITORY, "password-file", SECRET_FILE).as("--password-file"),
          Key.of(REPOSITORY, "password-command", COMMAND).as("--password-command"),
          Key.of(REPOSITORY, "private-key", SECRET_FILE).as("--private-key"),
          Key.of(REPOSITORY, "state-dir", PATH).as("--state-dir"),
          Key.of(REPOSITORY, "sftp-key", SECRET_FILE).as("--sftp-key"),
          Key.of(REPOSITORY, "sftp-passphrase-file", SECRET_FILE).as("--sftp-passphrase-file"),
          Key.of(REPOSITORY, "sftp-passphrase-command", COMMAND).as("--sftp-passphrase-command"),
          Key.of(REPOSITORY, "sftp-known-hosts", PATH).as("--sftp-known-hosts"),
          Key.of(REPOSITORY, "s3-credentials", SECRET_FILE).as("--s3-credentials"),
          Key.of(REPOSITORY, "s3-profile", TEXT)
              .as("--s3-profile")
              .in("MAILKEEP_S3_PROFILE", "AWS_PROFILE"),
          Key.of(REPOSITORY, "s3-region", TEXT)
              .as("--s3-region")
              .in("MAILKEEP_S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"),
          Key.of(REPOSITORY, "s3-virtual-host", TRUTH).as("--s3-virtual-host").usually("false"),
          Key.of(REPOSITORY, "s3-ca", PATH).as("--s3-ca"),
          Key.of(REPOSITORY, "s3-storage-class", TEXT).as("--s3-storage-class"),
          Key.of(REPOSITORY, "s3-object-lock", COUNT).as("--s3-object-lock"),
          Key.of(REPOSITORY, "s3-object-lock-mode", LOCK).as("--s3-object-lock-mode"),
          Key.of("backup", "host", TEXT).as("--host").onlyOf("backup"),
          Key.of("backup", "profiles-dir", PATH).as("--profiles-dir").in("MAILKEEP_PROFILES"),
          Key.of("backup", "compression", EFFORT)
              .as("--compression")
              .onlyOf("backup")
              .usually("default"),
          Key.of("backup", "alarm", ALARM).as("--alarm").onlyOf("backup").usually("20"),
          Key.of("backup", "alarm-files", NUMBER)
              .as("--alarm-files")
              .onlyOf("backup")
              .usually("1000"),
          Key.of("limits", "jobs", COUNT).as("--jobs"),
          Key.of("limits", "nice", TRUTH).as("--nice").usually("false"),
          Key.of("limits", "upload", RATE).as("--limit-upload"),
          Key.of(RETENTION, "every", SPAN).usually("1d"),
          Key.of(RETENTION, "at", MOMENT),
          Key.of(RETENTION, "keep-last", COUNT),
          Key.of(RETENTION, "keep-hourly", COUNT),
          Key.of(RETENTION, "keep-daily", COUNT),
          Key.of(RETENTION, "keep-weekly", COUNT),
          Key.of(RETENTION, "keep-monthly", COUNT),
          Key.of(RETENTION, "keep-yearly", COUNT),
          Key.of(RETENTION, "keep-within", SPAN),
          Key.of(RETENTION, "keep-tag", TEXT).list(),
          Key.of(RETENTION, "group-by", GROUP).list().usually("host,paths,tags"),
          Key.of(PRUNE, "every", SPAN),
          Key.of(PRUNE, "at", MOMENT),
          Key.of(PRUNE, "max-unused", PERCENT).usually("10"),
          Key.of(PRUNE, "grace", SPAN).usually("1d"),
          Key.of(CHECK, "every", SPAN),
          Key.of(CHECK, "at", MOMENT),
          Key.of(CHECK, "read-data-subset", PART),
          Key.of(NOTIFY, "mail-to", ADDRESS).list(),
          Key.of(NOTIFY, "mail-from", ADDRESS).usually("root"),
          Key.of(NOTIFY, "sendmail", COMMAND).usually("/usr/sbin/sendmail -t -oi"),
          Key.of(NOTIFY, "webhook", URL),
          Key.of(NOTIFY, "webhook-file", SECRET_FILE),
          Key.of(NOTIFY, "healthcheck", URL),
          Key.of(NOTIFY, "healthcheck-file", SECRET_FILE),
          Key.of(NOTIFY, "digest", MOMENT),
          Key.of(STATUS, "late", SPAN).usually("30m"),
          Key.of(STATUS, "prometheus", PATH));

  /** Tables of which there may be several. */
  private static final List<Key> REPEATED =
      List.of(
          Key.of(SOURCE, "name", WORD),
          Key.of(SOURCE, "every", SPAN),
          Key.of(SOURCE, "at", MOMENT),
          Key.of(SOURCE, "paths", PATH).list(),
          Key.of(SOURCE, "profiles", WORD).list(),
          Key.of(SOURCE, "exclude", TEXT).list(),
          Key.of(SOURCE, "exclude-from", PATH).list(),
          Key.of(SOURCE, "one-file-system", TRUTH),
          Key.of(SOURCE, "include-all", TRUTH),
          Key.of(SOURCE, "commands", COMMAND).named(),
          Key.of(SOURCE, "command-timeout", SPAN),
          Key.of(SOURCE, "tags", TEXT).list(),
          Key.of(SOURCE, "scan", SCAN),
          Key.of(SOURCE, "skip-if-unchanged", TRUTH),
          Key.of(COPY, "name", WORD),
          Key.of(COPY, "to", PLACE),
          Key.of(COPY, "every", SPAN),
          Key.of(COPY, "at", MOMENT),
          Key.of(COPY, "init", TRUTH),
          Key.of(COPY, "verify", TRUTH),
          Key.of(COPY, "limit-upload", RATE),
          Key.of(COPY, "to-password-file", SECRET_FILE),
          Key.of(COPY, "to-password-command", COMMAND),
          Key.of(COPY, "to-key-file", SECRET_FILE),
          Key.of(HOOK, "on", EVENT),
          Key.of(HOOK, "command", COMMAND),
          Key.of(HOOK, "steps", STEP).list().usually("backup"),
          Key.of(HOOK, "names", WORD).list(),
          Key.of(HOOK, "timeout", SPAN).usually("5m"));

  /** Keys of one table that say the same in different ways, so that one of them is enough. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("every", "at"),
          Set.of("key-file", "password-file", "password-command", "private-key"),
          Set.of("sftp-passphrase-file", "sftp-passphrase-command"),
          Set.of("to-key-file", "to-password-file", "to-password-command"),
          Set.of("webhook", "webhook-file"),
          Set.of("healthcheck", "healthcheck-file"));

  private Schema() {}

  /** The keys of tables that stand in the file once. */
  public static List<Key> single() {
    return SINGLE;
  }

  /** The keys of tables of which there may be several. */
  public static List<Key> repeated() {
    return REPEATED;
  }

  /** All tables, as the file has them in its order. */
  static List<String> sections() {
    return Stream.concat(SINGLE.stream(), REPEATED.stream()).map(Key::section).distinct().toList();
  }

  static boolean isRepeated(String section) {
    return REPEATED.stream().anyMatch(key -> key.section().equals(section));
  }

  static List<Key> keysOf(String section) {
    return Stream.concat(SINGLE.stream(), REPEATED.stream())
        .filter(key -> key.section().equals(section))
        .toList();
  }

  /** The key, and those of its table that say the same in other ways. */
  static List<Key> alternatives(Key key) {
    return ALTERNATIVES.stream()
        .filter(names -> names.contains(key.name()))
        .findFirst()
        .map(names -> keysOf(key.section()).stream().filter(k -> names.contains(k.name())).toList())
        .orElse(List.of(key));
  }

  /** The key of a table. */
  static Optional<Key> find(String section, String name) {
    return keysOf(section).stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /**
   * The key of this table.
   *
   * @throws IllegalStateException if there is none
   */
  public static Key get(String section, String name) {
    return find(section, name)
        .orElseThrow(() -> new IllegalStateException("no key " + section + "." + name));
  }
}
