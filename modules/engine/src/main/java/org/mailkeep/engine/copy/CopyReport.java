package org.mailkeep.engine.copy;

import java.util.List;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * What a copy did.
 *
 * @param copied the snapshots that the target did not have before, by their names in the source
 * @param present how many of those asked for the target had already
 * @param failed those that could not be copied, for what they need is damaged
 * @param storedBytes what the target grew by
 * @param resealed whether the target has keys of its own
 */
public record CopyReport(
    List<Snapshot> copied, int present, List<Failed> failed, long storedBytes, boolean resealed) {

  /** Copies the lists. */
  public CopyReport {
    copied = List.copyOf(copied);
    failed = List.copyOf(failed);
  }

  /**
   * A snapshot that could not be copied.
   *
   * @param snapshot the snapshot
   * @param reason why
   */
  public record Failed(Snapshot snapshot, MailkeepException reason) {}
}
