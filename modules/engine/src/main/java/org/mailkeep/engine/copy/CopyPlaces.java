package org.mailkeep.engine.copy;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.state.StateDatabase;

/**
 * A source and a target with an index of each, which are brought up to date first.
 *
 * @param source what is copied
 * @param from its index
 * @param target where it goes
 * @param to its index
 * @param state of the target on this host
 * @param sync between the target and its index
 * @param window for how long what was found in the target is relied on
 */
record CopyPlaces(
    Repository source,
    LocalIndex from,
    Repository target,
    LocalIndex to,
    StateDatabase state,
    IndexSync sync,
    AtomicReference<WriteWindow> window) {

  static CopyPlaces open(
      Repository source,
      StateDatabase sourceState,
      Repository target,
      StateDatabase state,
      CopyObserver observer) {
    LocalIndex from = source.index(sourceState);
    source.sync(from).pull().damaged().forEach(e -> observer.warning(e.getMessage()));
    WriteWindow window = WriteWindow.open(InstantSource.system());
    LocalIndex to = target.index(state);
    IndexSync sync = target.sync(to);
    sync.pullToWrite().damaged().forEach(e -> observer.warning("In the copy, " + e.getMessage()));
    return new CopyPlaces(source, from, target, to, state, sync, new AtomicReference<>(window));
  }

  /** What is known of the target's nodes, for the copy of one snapshot. */
  CopiedNodes nodes() {
    return new CopiedNodes(state, to.generation());
  }

  /**
   * To be called just before a snapshot is stored in the target.
   *
   * @throws RefusedException where a prune of the target may have removed what it needs
   */
  void requireUnpruned() {
    if (window.get().isOvertaken(sync)) {
      throw new RefusedException(
          "While the copy was made, a prune removed content of it on which it relied",
          "Run the command again: what was stored until now is found.");
    }
  }

  /**
   * To be called before a difference is stored: begins a new window where the old one is over, if
   * nothing has gone on which the copy relied.
   *
   * @throws RefusedException where something has
   */
  void requireTime() {
    if (window.get().isOver()) {
      WriteWindow next = WriteWindow.open(InstantSource.system());
      requireUnpruned();
      window.set(next);
    }
  }

  /** Names the target's new packs in its index. */
  void publish(boolean verify) {
    if (verify) {
      sync.publishAndVerify();
    } else {
      sync.publish();
    }
  }
}
