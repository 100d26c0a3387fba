package org.mailkeep.repository.object;

/** The kinds of sealed objects, with the folders they stand in. */
public enum ObjectKind {
  /** Sealed blocks and a table of contents. */
  PACK(1, "packs"),
  /** Copies of packs' tables, so that a repository opens without reading its packs. */
  INDEX(2, "index"),
  /** A snapshot's manifest. */
  SNAPSHOT(3, "snapshots"),
  /** Packs that will be removed unless something turns out to need them. */
  CONDEMNED(4, "condemned"),
  /** What was decided about a snapshot after it was made: it is pinned, or its change accepted. */
  MARK(5, "marks");

  private final int code;
  private final String folder;

  ObjectKind(int code, String folder) {
    this.code = code;
    this.folder = folder;
  }

  /** The number in the object's header. */
  public int code() {
    return code;
  }

  /** The folder in the repository. */
  public String folder() {
    return folder;
  }
}
