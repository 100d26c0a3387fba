package org.mailkeep.cli.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.diff.Aspect;
import org.mailkeep.engine.diff.Difference;
import org.mailkeep.engine.diff.LiveDiff;
import org.mailkeep.engine.diff.MessageChange;
import org.mailkeep.engine.diff.MessageDiff;
import org.mailkeep.engine.diff.SameContent;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;

/** Prints differences, one a line. */
final class DiffOutput implements LiveDiff.Observer, AutoCloseable {

  private final Terminal terminal;
  private final OutputOptions output;
  private final Optional<SameContent> same;
  private final Optional<MessageDiff> messages;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private boolean incomplete;

  /**
   * @param same tells whether other recipes are of other contents; empty where they are
   * @param messages collects messages, where these are to be printed
   */
  DiffOutput(
      Terminal terminal,
      OutputOptions output,
      Optional<SameContent> same,
      Optional<MessageDiff> messages) {
    this.terminal = terminal;
    this.output = output;
    this.same = same;
    this.messages = messages;
  }

  @Override
  public void found(Difference difference) {
    if (messages.isPresent()) {
      messages.get().add(difference);
      return;
    }
    switch (difference) {
      case Difference.Added added -> line("added", added.path(), added.after(), Map.of(), "");
      case Difference.Removed removed ->
          line("removed", removed.path(), removed.before(), Map.of(), "");
      case Difference.Changed changed -> {
        List<String> aspects = words(aspects(changed));
        if (!aspects.isEmpty()) {
          line(
              "changed",
              changed.path(),
              changed.after(),
              Map.of("aspects", aspects),
              " (" + String.join(", ", aspects) + ")");
        }
      }
    }
  }

  private Set<Aspect> aspects(Difference.Changed changed) {
    Set<Aspect> aspects = new TreeSet<>(changed.aspects());
    if (changed.after().body() instanceof Body.Directory
        && changed.before().body() instanceof Body.Directory) {
      // It changes with every name that comes or goes, and those are told.
      aspects.remove(Aspect.TIME);
    }
    if (aspects.contains(Aspect.CONTENT)
        && same.isPresent()
        && changed.before().body() instanceof Body.RegularFile was
        && changed.after().body() instanceof Body.RegularFile is
        && isSame(changed.path(), same.get(), was, is)) {
      aspects.remove(Aspect.CONTENT);
    }
    return aspects;
  }

  private boolean isSame(
      RawPath path, SameContent content, Body.RegularFile was, Body.RegularFile is) {
    try {
      return content.test(was, is);
    } catch (UnreadableException e) {
      damaged(path, e);
      return false;
    }
  }

  private static List<String> words(Set<Aspect> aspects) {
    return aspects.stream().map(aspect -> aspect.name().toLowerCase(Locale.ROOT)).toList();
  }

  private void message(MessageChange change) {
    switch (change) {
      case MessageChange.Added added -> line("added", added.path(), added.entry(), Map.of(), "");
      case MessageChange.Deleted deleted ->
          line("deleted", deleted.path(), deleted.entry(), Map.of(), "");
      case MessageChange.Altered altered ->
          line("altered", altered.path(), altered.entry(), Map.of(), "");
      case MessageChange.Moved moved ->
          line(
              "moved",
              moved.path(),
              moved.entry(),
              Map.of("from", moved.from()),
              " (from " + terminal.name(moved.from().text()) + ")");
      case MessageChange.Flagged flagged -> {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("from", flagged.from());
        members.put("flagsBefore", flagged.before());
        members.put("flags", flagged.after());
        line(
            "flags",
            flagged.path(),
            flagged.entry(),
            members,
            " (" + shown(flagged.before()) + " -> " + shown(flagged.after()) + ")");
      }
    }
  }

  private static String shown(String flags) {
    return flags.isEmpty() ? "none" : flags;
  }

  private void line(
      String change, RawPath path, Entry entry, Map<String, Object> more, String after) {
    counts.merge(change, 1L, Long::sum);
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("change", change);
      members.put("path", path);
      members.put("type", ModeText.type(entry.body()));
      if (entry.body() instanceof Body.RegularFile file) {
        members.put("size", file.size());
      }
      Metadata metadata = entry.metadata();
      members.put(
          "mtime",
          Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos()).toString());
      members.putAll(more);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      boolean directory = entry.body() instanceof Body.Directory;
      terminal.line(
          String.format("%-8s", change)
              + terminal.name(path.text())
              + (directory && !path.equals(RawPath.ROOT) ? "/" : "")
              + after);
    }
  }

  @Override
  public void damaged(RawPath directory, UnreadableException problem) {
    incomplete = true;
    terminal.note("mailkeep: not all of " + directory + " is compared: " + problem.getMessage());
  }

  @Override
  public void unreadable(RawPath path, String problem) {
    incomplete = true;
    terminal.note("mailkeep: cannot look at " + path + ": " + problem);
  }

  /** All differences were given. */
  void finish() {
    messages.ifPresent(collected -> collected.finish(this::message));
    if (!output.quiet() && !output.json()) {
      List<String> sums =
          counts.entrySet().stream()
              .map(count -> Units.count(count.getValue()) + " " + count.getKey())
              .toList();
      terminal.flush();
      terminal.note(sums.isEmpty() ? "no differences" : String.join(", ", sums));
    }
  }

  boolean isDifferent() {
    return !counts.isEmpty();
  }

  boolean isIncomplete() {
    return incomplete;
  }

  @Override
  public void close() {
    messages.ifPresent(MessageDiff::close);
  }
}
