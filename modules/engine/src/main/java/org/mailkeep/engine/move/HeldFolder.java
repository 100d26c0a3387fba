package org.mailkeep.engine.move;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.restore.MappedAttributes;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Output;

/**
 * The folder of a domain on its way in. While it is sticky, qmail-local(8) defers every delivery to
 * it: mail waits in the queue. A mark in it tells that a move made it, and from which snapshot.
 */
final class HeldFolder {

  /** The mark. */
  static final FileName MARK = FileName.of(".mailkeep-moving");

  /** The second line of a mark, once all files are on disk. */
  private static final String FILLED = "files";

  private static final FileName NEW_MARK = FileName.of(".mailkeep-moving-new");

  private static final int STICKY = 01000;
  private static final int UNFINISHED = STICKY | 0700;

  private final NewServer server;
  private final RawPath home;
  private final RawPath above;
  private final FileName name;

  /**
   * @param home the folder, as the server sees it
   */
  HeldFolder(NewServer server, RawPath home) {
    this.server = server;
    this.home = home;
    this.name = home.names().getLast();
    this.above = home.parent();
  }

  /** What is there before a move. */
  sealed interface State {
    /** Nothing. */
    record Absent() implements State {}

    /** A folder that no move made. */
    record Present() implements State {}

    /**
     * A folder that a move made.
     *
     * @param snapshot the id of the snapshot that it is of
     * @param held whether it is still sticky
     * @param filled whether all its files had come, and were on disk
     */
    record Moving(String snapshot, boolean held, boolean filled) implements State {}
  }

  /** What is there. */
  State state() {
    try (Directory parent = openParent()) {
      Optional<FileStat> stat = parent.statIfPresent(name);
      if (stat.isEmpty()) {
        return new State.Absent();
      }
      if (stat.get().type() != FileType.DIRECTORY) {
        return new State.Present();
      }
      try (Directory folder = parent.openDirectory(name)) {
        boolean held = (folder.stat().mode() & STICKY) != 0;
        return SharedFile.read(folder, MARK)
            .<State>map(mark -> moving(new String(mark, US_ASCII), held))
            .orElseGet(State.Present::new);
      }
    }
  }

  private static State moving(String mark, boolean held) {
    List<String> lines = mark.lines().toList();
    boolean filled = lines.size() > 1 && lines.get(1).equals(FILLED);
    return new State.Moving(lines.isEmpty() ? "" : lines.getFirst().strip(), held, filled);
  }

  private Directory openParent() {
    return server
        .openIfPresent(above)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no " + server.here(above) + ": vpopmail is not there",
                    "Say where it is with --vpopmail-home DIR, the directory above 'domains'."));
  }

  /** Makes the folder: sticky, marked and empty, from the first moment that it has its name. */
  void make(ObjectId snapshot) {
    FileName temporary = FileName.of(".mailkeep-" + name.text());
    try (Directory parent = openParent()) {
      if (parent.statIfPresent(temporary).isEmpty()) {
        parent.makeDirectory(temporary, 0700);
      }
      try (Directory folder = parent.openDirectory(temporary)) {
        folder.mode(UNFINISHED);
        mark(folder, snapshot + "\n");
        folder.sync();
      }
      parent.renameNoReplace(temporary, parent, name);
      parent.sync();
    }
  }

  private static void mark(Directory folder, String lines) {
    if (folder.statIfPresent(NEW_MARK).isPresent()) {
      folder.unlink(NEW_MARK);
    }
    try (Output mark = folder.createFile(NEW_MARK, 0600)) {
      byte[] text = lines.getBytes(US_ASCII);
      mark.write(text, 0, text.length);
      mark.sync();
    }
    folder.rename(NEW_MARK, folder, MARK);
  }

  /** All files came, and are on disk: from now on what is there is the new server's own. */
  void filled(ObjectId snapshot) {
    try (Directory folder = server.open(home)) {
      if (folder.statIfPresent(MARK).isPresent()) {
        mark(folder, snapshot + "\n" + FILLED + "\n");
        folder.sync();
      }
    }
  }

  /** From now on mail for it waits. */
  void hold() {
    try (Directory folder = server.open(home)) {
      folder.mode(folder.stat().mode() | STICKY);
      folder.sync();
    }
  }

  /** All of it is there: gives it the owner and mode of the snapshot, and holds it further. */
  void settle(Metadata metadata, OwnerMapping mapping) {
    try (Directory folder = server.open(home)) {
      folder.owner(mapping.uid(metadata.uid()), mapping.gid(metadata.gid()));
      folder.mode(metadata.mode() | STICKY);
      for (Attribute attribute : metadata.attributes()) {
        folder.setAttribute(attribute.name().bytes(), MappedAttributes.value(attribute, mapping));
      }
      folder.syncFileSystem();
    }
  }

  /** Lets mail in. The mark goes last: without it a sticky folder would stay so for ever. */
  void release() {
    try (Directory folder = server.open(home)) {
      folder.mode(folder.stat().mode() & ~STICKY);
      if (folder.statIfPresent(MARK).isPresent()) {
        folder.unlink(MARK);
      }
      folder.sync();
    }
  }
}
