package org.mailkeep.engine.move;

import java.util.Set;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/**
 * What in a domain says how to deliver, and may name places that are elsewhere on the new server:
 * {@code .qmail} files (dot-qmail(5)), maildrop's, those of ezmlm's lists, and links.
 */
final class Instructions {

  /** A larger one is none, in bytes. */
  static final int LARGEST = 64 << 10;

  /** Files that ezmlm-make(1) writes paths into, and maildrop's. */
  private static final Set<String> OTHERS =
      Set.of("editor", "manager", "bouncer", "owner", "moderator", "config", ".mailfilter");

  /** Directories that hold messages and addresses, and nothing else. */
  private static final Set<String> NOT_ENTERED =
      Set.of("Maildir", "archive", "subscribers", "text", "bounce");

  private final OldServer old;

  Instructions(OldServer old) {
    this.old = old;
  }

  /** Takes what is to be different. */
  interface Visitor {
    /**
     * A file or link that names an old place.
     *
     * @param before its content or target, as lossless text
     * @param after the same with the new places
     */
    void visit(SnapshotTree.Found found, String before, String after);
  }

  /** Goes through those of a domain that name an old place. */
  void visit(MovingDomain domain, Visitor visitor) {
    if (domain.places().moves().isEmpty()) {
      return;
    }
    walk(domain, domain.folder(), visitor);
  }

  /** What is damaged is passed over here: the restore of the files meets it too, and tells. */
  private void walk(MovingDomain domain, SnapshotTree.Found directory, Visitor visitor) {
    if (!(directory.entry().body() instanceof Body.Directory body)) {
      return;
    }
    try {
      for (Entry entry : old.tree().entries(body)) {
        SnapshotTree.Found found =
            new SnapshotTree.Found(directory.path().resolve(entry.name()), entry);
        String before = text(found);
        String after = domain.places().moved(before);
        if (!before.equals(after)) {
          visitor.visit(found, before, after);
        }
        if (!NOT_ENTERED.contains(entry.name().text())) {
          walk(domain, found, visitor);
        }
      }
    } catch (UnreadableException e) {
      // See above.
    }
  }

  private String text(SnapshotTree.Found found) {
    return switch (found.entry().body()) {
      case Body.SymbolicLink link -> link.target().text();
      case Body.RegularFile _ when isInstruction(found.entry().name()) -> content(found);
      default -> "";
    };
  }

  private String content(SnapshotTree.Found found) {
    try {
      return old.read(found, LARGEST).map(RawText::decode).orElse("");
    } catch (UnreadableException e) {
      return "";
    }
  }

  private static boolean isInstruction(FileName name) {
    return name.startsWith(".qmail") || OTHERS.contains(name.text());
  }
}
