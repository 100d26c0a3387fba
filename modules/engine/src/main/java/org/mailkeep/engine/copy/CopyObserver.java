package org.mailkeep.engine.copy;

import org.mailkeep.repository.snapshot.Snapshot;

/** Is told how a copy goes. May be called by several threads. */
public interface CopyObserver {

  /** Takes no notice. */
  CopyObserver SILENT = new CopyObserver() {};

  /** So many snapshots are to be copied. */
  default void planned(int snapshots) {}

  /** A snapshot is begun. */
  default void snapshot(Snapshot snapshot) {}

  /** So many bytes were stored in the copy. */
  default void stored(long bytes) {}

  /** Something that hinders nothing, in a sentence. */
  default void warning(String text) {}
}
