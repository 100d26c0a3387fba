package org.mailkeep.mail.store;

/**
 * What a file is.
 *
 * @param fileClass what a backup does with it
 * @param reason why, or what the user should know of it, as a clause; mostly empty for what is
 *     stored
 */
public record Verdict(FileClass fileClass, String reason) {

  /** A message. */
  static final Verdict MESSAGE = new Verdict(FileClass.MESSAGE, "");

  /** A file of no special kind. */
  static final Verdict ORDINARY = new Verdict(FileClass.ORDINARY, "");
}
