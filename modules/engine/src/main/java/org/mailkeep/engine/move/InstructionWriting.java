package org.mailkeep.engine.move;

import java.util.Arrays;
import java.util.List;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;
import org.mailkeep.model.tree.Body;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Output;

/**
 * Lets a domain's instructions name the places of the new server. Only what came from the snapshot
 * is changed: a file that says anything else is the new server's own, or was changed before.
 */
final class InstructionWriting {

  private static final int PRIVATE = 0600;

  private final MovingDomain domain;
  private final Directory folder;
  private final Runnable written;

  /**
   * @param folder the domain's, on the new server
   * @param written runs after each change
   */
  InstructionWriting(MovingDomain domain, Directory folder, Runnable written) {
    this.domain = domain;
    this.folder = folder;
    this.written = written;
  }

  void write(SnapshotTree.Found found, String before, String after) {
    List<FileName> names = found.path().names();
    int depth = domain.folder().path().names().size();
    Directory directory = folder.duplicate();
    for (FileName name : names.subList(depth, names.size() - 1)) {
      try (Directory above = directory) {
        directory = above.openDirectory(name);
      }
    }
    try (Directory parent = directory) {
      boolean link = found.entry().body() instanceof Body.SymbolicLink;
      if (link
          ? isLink(parent, names.getLast(), before)
          : isFile(parent, names.getLast(), before)) {
        replace(parent, names.getLast(), link, RawText.encode(after));
        written.run();
      }
    }
  }

  private static boolean isLink(Directory parent, FileName name, String target) {
    return parent.statIfPresent(name).filter(s -> s.type() == FileType.SYMLINK).isPresent()
        && Arrays.equals(parent.readLink(name), RawText.encode(target));
  }

  private static boolean isFile(Directory parent, FileName name, String content) {
    return parent.statIfPresent(name).filter(s -> s.type() == FileType.REGULAR).isPresent()
        && SharedFile.read(parent, name)
            .filter(bytes -> Arrays.equals(bytes, RawText.encode(content)))
            .isPresent();
  }

  private static void replace(Directory parent, FileName name, boolean link, byte[] text) {
    FileName temporary = FileName.of(".mailkeep-" + name.text());
    if (parent.statIfPresent(temporary).isPresent()) {
      parent.unlink(temporary);
    }
    FileStat stat = parent.stat(name);
    if (link) {
      parent.symbolicLink(text, temporary);
    } else {
      try (Output output = parent.createFile(temporary, PRIVATE)) {
        output.write(text, 0, text.length);
        output.sync();
      }
    }
    parent.owner(temporary, stat.uid(), stat.gid());
    if (!link) {
      parent.mode(temporary, stat.mode());
    }
    parent.modified(temporary, stat.mtimeSeconds(), stat.mtimeNanos());
    parent.rename(temporary, parent, name);
  }
}
