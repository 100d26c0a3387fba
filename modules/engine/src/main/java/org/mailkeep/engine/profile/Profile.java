package org.mailkeep.engine.profile;

import java.util.List;

/**
 * What belongs to one program of a mail server.
 *
 * @param name lower-case letters, digits and hyphens
 * @param description what it is, for a person
 * @param origin where the profile is from, for a person
 * @param parts what to back up
 */
public record Profile(String name, String description, String origin, List<Part> parts) {

  /** Copies the list. */
  public Profile {
    parts = List.copyOf(parts);
  }

  /**
   * Files of one purpose.
   *
   * @param place where they are
   * @param why why they are backed up, for a person
   * @param without patterns of what to leave out below each of them, relative to it
   */
  public record Part(Place place, String why, List<String> without) {

    /** Copies the list. */
    public Part {
      without = List.copyOf(without);
    }
  }

  /** Where files are. */
  public sealed interface Place {

    /**
     * Below the root or a home.
     *
     * @param pattern an absolute path, or one that begins with {@code ~user}; names may have {@code
     *     *}, {@code ?} and {@code [a-z]}, and do not fit those with a dot in front unless they
     *     have one
     */
    record Path(String pattern) implements Place {
      @Override
      public String toString() {
        return pattern;
      }
    }

    /**
     * The directories of all domains that a file assigns, wherever they are.
     *
     * @param assign an absolute path of qmail's users/assign, without patterns
     */
    record Domains(String assign) implements Place {
      @Override
      public String toString() {
        return "domains in " + assign;
      }
    }
  }
}
