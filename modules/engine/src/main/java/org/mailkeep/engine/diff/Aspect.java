package org.mailkeep.engine.diff;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;

/** In what two entries of one path differ. */
public enum Aspect {
  /** One is a file, the other a directory, and so on. */
  TYPE,
  /**
   * The recipes of two regular files, the targets of two links, the numbers of two devices. Files
   * of other bytes always have other recipes; the other way round, a file that was stored in
   * another way has another recipe and may have the same bytes ({@link SameContent} tells).
   */
  CONTENT,
  /** The owner's or the group's number. */
  OWNER,
  /** The mode bits; never of links, which have none of their own. */
  MODE,
  /** The modification time. */
  TIME,
  /** Extended attributes and ACLs. */
  ATTRIBUTES;

  /**
   * In what two entries differ; nothing where a backup would call the file unchanged. What is below
   * a directory is no aspect of it, nor are hard links: their numbers are others after a restore.
   */
  public static Set<Aspect> between(Entry before, Entry after) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    Body was = before.body();
    Body is = after.body();
    if (was.getClass() != is.getClass() || !sameKind(was, is)) {
      aspects.add(TYPE);
    } else if (!(was instanceof Body.Directory) && !was.equals(is)) {
      aspects.add(CONTENT);
    }
    Metadata old = before.metadata();
    Metadata now = after.metadata();
    add(aspects, OWNER, old.uid() != now.uid() || old.gid() != now.gid());
    add(aspects, MODE, old.mode() != now.mode() && !(is instanceof Body.SymbolicLink));
    add(aspects, TIME, !sameTime(old, now) && !isPartial(was) && !isPartial(is));
    add(aspects, ATTRIBUTES, !old.attributes().equals(now.attributes()));
    return Collections.unmodifiableSet(aspects);
  }

  private static void add(Set<Aspect> aspects, Aspect aspect, boolean differs) {
    if (differs) {
      aspects.add(aspect);
    }
  }

  /** Block and character devices are one class and two types. */
  private static boolean sameKind(Body was, Body is) {
    return !(was instanceof Body.Device old && is instanceof Body.Device now)
        || old.block() == now.block();
  }

  private static boolean sameTime(Metadata old, Metadata now) {
    return old.mtimeSeconds() == now.mtimeSeconds() && old.mtimeNanos() == now.mtimeNanos();
  }

  /** One that only leads to sources is stored without its time. */
  private static boolean isPartial(Body body) {
    return body instanceof Body.Directory directory && directory.partial();
  }
}
