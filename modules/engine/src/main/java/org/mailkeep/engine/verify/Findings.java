package org.mailkeep.engine.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;

/** Collects what a check finds, in bounded room. Safe for use by many threads. */
final class Findings {

  private static final int EXAMPLES = 1000;
  private static final int DETAILS = 4;
  private static final int EXAMPLES_OF_OBJECT = 10;

  private final Map<String, DamagedObject> damage = new LinkedHashMap<>();
  private final List<CheckReport.LostFile> lost = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long damageCount;
  private long lostCount;
  final AtomicLong snapshots = new AtomicLong();
  final AtomicLong packs = new AtomicLong();
  final AtomicLong chunks = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();

  /** A damaged object. */
  private static final class DamagedObject {
    private final List<String> details = new ArrayList<>();
    private long moreDetails;
    private final List<CheckReport.LostFile> affected = new ArrayList<>();
    private long files;
    private long snapshots;
    private @Nullable ObjectId lastSnapshot;

    void detail(String detail) {
      if (details.contains(detail)) {
        return;
      }
      if (details.size() < DETAILS) {
        details.add(detail);
      } else {
        moreDetails++;
      }
    }

    CheckReport.Damage report(String name) {
      String detail =
          String.join("; ", details) + (moreDetails > 0 ? "; and " + moreDetails + " more" : "");
      return new CheckReport.Damage(name, detail, affected, files, snapshots);
    }
  }

  synchronized void damaged(String object, MailkeepException problem) {
    String message = String.valueOf(problem.getMessage());
    String known = object + " is damaged: ";
    damaged(object, message.startsWith(known) ? message.substring(known.length()) : message);
  }

  synchronized void damaged(String object, String detail) {
    object(object).ifPresent(known -> known.detail(detail));
  }

  private Optional<DamagedObject> object(String name) {
    DamagedObject known = damage.get(name);
    if (known == null && damage.size() < EXAMPLES) {
      known = new DamagedObject();
      damage.put(name, known);
      damageCount++;
    } else if (known == null) {
      damageCount++;
    }
    return Optional.ofNullable(known);
  }

  /** A file or directory of a snapshot cannot be restored, because of this object. */
  synchronized void lost(ObjectId snapshot, RawPath path, String object) {
    lostCount++;
    CheckReport.LostFile file = new CheckReport.LostFile(snapshot.shortForm(), path);
    if (lost.size() < EXAMPLES) {
      lost.add(file);
    }
    Optional.ofNullable(damage.get(object))
        .ifPresent(
            known -> {
              known.files++;
              if (known.affected.size() < EXAMPLES_OF_OBJECT) {
                known.affected.add(file);
              }
              if (!snapshot.equals(known.lastSnapshot)) {
                known.lastSnapshot = snapshot;
                known.snapshots++;
              }
            });
  }

  /** Whether nothing was found damaged until now. */
  synchronized boolean isSound() {
    return damage.isEmpty();
  }

  /** Whether the object is known to be damaged; once there are too many to tell, all are. */
  synchronized boolean isDamaged(String object) {
    return damage.containsKey(object) || damage.size() >= EXAMPLES;
  }

  synchronized void note(String text) {
    if (notes.size() < EXAMPLES) {
      notes.add(text);
    }
  }

  synchronized CheckReport report(Optional<Coverage> coverage) {
    List<CheckReport.Damage> objects = new ArrayList<>();
    damage.forEach((name, object) -> objects.add(object.report(name)));
    return new CheckReport(
        snapshots.get(),
        packs.get(),
        chunks.get(),
        bytes.get(),
        objects,
        damageCount,
        lost,
        lostCount,
        notes,
        coverage);
  }
}
