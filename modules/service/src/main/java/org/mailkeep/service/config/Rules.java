package org.mailkeep.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailkeep.service.config.Notifications.Address;
import org.mailkeep.service.schedule.Schedule;
import org.mailkeep.service.schedule.Span;

/** Makes steps of settings, and finds what makes no sense together. */
final class Rules {

  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> KEEPS =
      List.of(
          "keep-last",
          "keep-hourly",
          "keep-daily",
          "keep-weekly",
          "keep-monthly",
          "keep-yearly",
          "keep-within",
          "keep-tag");

  private final Settings settings;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  Rules(Settings settings) {
    this.settings = settings;
  }

  static List<Mistake> mistakes(Settings settings) {
    Rules rules = new Rules(settings);
    Configuration _ = rules.configuration();
    return rules.mistakes();
  }

  List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  Configuration configuration() {
    settings.entries(Schema.SOURCE).forEach(this::source);
    settings.entries(Schema.COPY).forEach(this::copy);
    forget(settings.entry(Schema.RETENTION));
    single(Step.Kind.PRUNE, Schema.PRUNE, List.of("max-unused", "grace"));
    single(Step.Kind.CHECK, Schema.CHECK, List.of("read-data-subset"));
    steps.stream()
        .collect(Collectors.groupingBy(Step::title))
        .forEach(
            (title, same) -> {
              if (same.size() > 1) {
                wrong(new Mistake(0, 0, "two are called " + title, "Give each its own name."));
              }
            });
    Entry status = settings.entry(Schema.STATUS);
    return new Configuration(
        steps,
        settings.entries(Schema.HOOK).stream().flatMap(entry -> hook(entry).stream()).toList(),
        notifications(settings.entry(Schema.NOTIFY)),
        usual(status, Schema.STATUS, "late").flatMap(Span::parse).orElseThrow(),
        status.text("prometheus").map(Path::of));
  }

  private void source(Entry entry) {
    Optional<String> name = required(Schema.SOURCE, entry, "name");
    Optional<Schedule> schedule = schedule(Schema.SOURCE, entry);
    if (!entry.has("paths") && !entry.has("profiles") && !entry.has("commands")) {
      wrong(
          entry,
          "the [[source]] '" + name.orElse("") + "' names nothing to back up",
          "Give paths or profiles, or both.");
    }
    if (name.isEmpty() || schedule.isEmpty()) {
      return;
    }
    Arguments arguments = new Arguments("backup");
    arguments.each(entry, "tags", "--tag");
    if (entry.has("profiles")) {
      arguments.add("--profile", String.join(",", entry.list("profiles")));
    }
    arguments.each(entry, "commands", "--command");
    arguments.each(entry, "command-timeout", "--command-timeout");
    arguments.each(entry, "exclude", "--exclude");
    arguments.each(entry, "exclude-from", "--exclude-from");
    arguments.truth(entry, "one-file-system");
    arguments.truth(entry, "include-all");
    arguments.each(entry, "scan", "--scan");
    arguments.truth(entry, "skip-if-unchanged");
    arguments.operands(entry.list("paths"));
    steps.add(new Step(Step.Kind.BACKUP, name.get(), schedule.get(), arguments.list()));
  }

  private void copy(Entry entry) {
    Optional<String> name = required(Schema.COPY, entry, "name");
    Optional<String> to = required(Schema.COPY, entry, "to");
    Optional<Schedule> schedule = schedule(Schema.COPY, entry);
    if (name.isEmpty() || to.isEmpty() || schedule.isEmpty()) {
      return;
    }
    Arguments arguments = new Arguments("copy");
    arguments.add("--to", to.get());
    arguments.truth(entry, "init");
    arguments.truth(entry, "verify");
    arguments.each(entry, "limit-upload", "--limit-upload");
    arguments.each(entry, "to-password-file", "--to-password-file");
    arguments.each(entry, "to-key-file", "--to-key-file");
    arguments.each(entry, "to-password-command", "--to-password-command");
    steps.add(new Step(Step.Kind.COPY, name.get(), schedule.get(), arguments.list()));
  }

  private void forget(Entry entry) {
    if (entry.values().isEmpty()) {
      return;
    }
    if (KEEPS.stream().noneMatch(entry::has)) {
      wrong(entry, "[retention] has no rule", "Give at least one of " + String.join(", ", KEEPS));
      return;
    }
    Arguments arguments = new Arguments("forget");
    KEEPS.forEach(rule -> arguments.each(entry, rule, "--" + rule));
    if (entry.has("group-by")) {
      arguments.add("--group-by", String.join(",", entry.list("group-by")));
    }
    boolean timed = entry.has("every") || entry.has("at");
    Optional<Schedule> schedule =
        timed
            ? schedule(Schema.RETENTION, entry)
            : usual(entry, Schema.RETENTION, "every").flatMap(Span::parse).map(Schedule.Every::new);
    schedule.ifPresent(
        when -> steps.add(new Step(Step.Kind.FORGET, "forget", when, arguments.list())));
  }

  private void single(Step.Kind kind, String section, List<String> options) {
    Entry entry = settings.entry(section);
    if (entry.values().isEmpty()) {
      return;
    }
    Arguments arguments = new Arguments(kind.word());
    options.forEach(option -> arguments.each(entry, option, "--" + option));
    if (entry.span("grace").filter(grace -> grace.compareTo(DAY) < 0).isPresent()) {
      wrong(entry, "'grace' is shorter than a day", "A running backup may need what goes: 1d.");
    }
    schedule(section, entry)
        .ifPresent(when -> steps.add(new Step(kind, kind.word(), when, arguments.list())));
  }

  private Optional<Hook> hook(Entry entry) {
    Optional<String> on = required(Schema.HOOK, entry, "on");
    Optional<String> command = required(Schema.HOOK, entry, "command");
    List<String> names = entry.list("names");
    Set<String> known = new HashSet<>(steps.stream().map(Step::name).toList());
    for (String name : names) {
      if (!known.contains(name)) {
        wrong(
            entry,
            "a [[hook]] is for '" + name + "', which is no step",
            Nearest.advice(name, known));
      }
    }
    if (on.isEmpty() || command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Hook(
            Hook.Event.valueOf(on.get().toUpperCase(Locale.ROOT)),
            command.get(),
            Set.copyOf(
                entry.has("steps")
                    ? entry.list("steps")
                    : usual(entry, Schema.HOOK, "steps").stream().toList()),
            Set.copyOf(names),
            usual(entry, Schema.HOOK, "timeout").flatMap(Span::parse).orElseThrow()));
  }

  private Notifications notifications(Entry entry) {
    Optional<Address> webhook = address(entry, "webhook");
    List<String> mailTo = entry.list("mail-to");
    Optional<Schedule> digest =
        entry.text("digest").flatMap(Schedule.At::parse).map(moment -> moment);
    if (digest.isPresent() && mailTo.isEmpty() && webhook.isEmpty()) {
      wrong(entry, "a 'digest' has nobody to go to", "Give mail-to or webhook.");
    }
    return new Notifications(
        mailTo,
        usual(entry, Schema.NOTIFY, "mail-from").orElseThrow(),
        usual(entry, Schema.NOTIFY, "sendmail").orElseThrow(),
        webhook,
        address(entry, "healthcheck"),
        digest);
  }

  private Optional<Address> address(Entry entry, String key) {
    Optional<String> plain = entry.text(key);
    Optional<String> file = entry.text(key + "-file");
    if (plain.isPresent() && file.isPresent()) {
      wrong(entry, "'" + key + "' and '" + key + "-file' are both there", "Leave one of them.");
    }
    return plain
        .<Address>map(Address.Plain::new)
        .or(() -> file.map(Path::of).map(Address.InFile::new));
  }

  private Optional<Schedule> schedule(String section, Entry entry) {
    if (entry.has("every") == entry.has("at")) {
      wrong(
          entry,
          "["
              + section
              + "] needs "
              + (entry.has("at") ? "only one of 'every' and 'at'" : "'every' or 'at'"),
          "Write every = \"1h\", or at = \"02:30\".");
      return Optional.empty();
    }
    return entry.schedule();
  }

  private Optional<String> required(String section, Entry entry, String key) {
    Optional<String> value = entry.text(key);
    if (value.isEmpty()) {
      wrong(
          entry,
          "'" + key + "' is missing in [[" + section + "]]",
          "It is " + Schema.get(section, key).kind().expected() + ".");
    }
    return value;
  }

  /** What the entry says, or what holds where nothing is said. */
  private static Optional<String> usual(Entry entry, String section, String key) {
    return entry.text(key).or(() -> Schema.get(section, key).usual());
  }

  private void wrong(Entry entry, String what, String advice) {
    wrong(new Mistake(entry.line(), entry.column(), what, advice));
  }

  private void wrong(Mistake mistake) {
    mistakes.add(mistake);
  }

  /** A command line that grows. */
  private static final class Arguments {
    private final List<String> words = new ArrayList<>();

    Arguments(String command) {
      words.add(command);
    }

    void add(String option, String value) {
      words.add(option + "=" + value);
    }

    void each(Entry entry, String key, String option) {
      entry.list(key).forEach(value -> add(option, value));
    }

    void truth(Entry entry, String key) {
      if (entry.isTrue(key)) {
        words.add("--" + key);
      }
    }

    void operands(List<String> operands) {
      if (!operands.isEmpty()) {
        words.add("--");
        words.addAll(operands);
      }
    }

    List<String> list() {
      return List.copyOf(words);
    }
  }
}
