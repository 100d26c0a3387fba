package org.mailkeep.engine.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;

/** Collects what a check finds, in bounded room. Safe for use by many threads. */
final class Findings {

  private static final int EXAMPLES = 1000;

  private final Set<CheckReport.Damage> damage = new LinkedHashSet<>();
  private final List<CheckReport.LostFile> lost = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long lostCount;
  final AtomicLong snapshots = new AtomicLong();
  final AtomicLong packs = new AtomicLong();
  final AtomicLong chunks = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();

  synchronized void damaged(String object, MailkeepException problem) {
    damaged(object, String.valueOf(problem.getMessage()));
  }

  synchronized void damaged(String object, String detail) {
    if (damage.size() < EXAMPLES) {
      damage.add(new CheckReport.Damage(object, detail));
    }
  }

  synchronized void lost(ObjectId snapshot, RawPath path) {
    lostCount++;
    if (lost.size() < EXAMPLES) {
      lost.add(new CheckReport.LostFile(snapshot.shortForm(), path));
    }
  }

  synchronized void note(String text) {
    if (notes.size() < EXAMPLES) {
      notes.add(text);
    }
  }

  synchronized CheckReport report() {
    return new CheckReport(
        snapshots.get(),
        packs.get(),
        chunks.get(),
        bytes.get(),
        List.copyOf(damage),
        lost,
        lostCount,
        notes);
  }
}
