package org.mailkeep.service.config;

import java.util.List;
import java.util.Locale;
import org.mailkeep.service.schedule.Schedule;

/**
 * Something that a run does when it is due: a command of the program.
 *
 * @param kind what it is
 * @param name tells it from others of its kind; that of the kind where there is only one
 * @param schedule when it is due
 * @param arguments the command and its options, as they would be typed
 */
public record Step(Kind kind, String name, Schedule schedule, List<String> arguments) {

  /** Kinds of steps, in the order in which a run does them. */
  public enum Kind {
    /** Snapshots first: they are what all is about. */
    BACKUP,
    /** Copies have the new snapshots, and what is forgotten next. */
    COPY,
    /** Snapshots that the rules do not keep. */
    FORGET,
    /** Space of what was forgotten. */
    PRUNE,
    /** Last, for it takes long and looks at what the others left. */
    CHECK;

    /** The word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the list. */
  public Step {
    arguments = List.copyOf(arguments);
  }

  /** What it is remembered by, and how it is called: {@code backup mail}, {@code check}. */
  public String title() {
    return name.equals(kind.word()) ? name : kind.word() + " " + name;
  }
}
