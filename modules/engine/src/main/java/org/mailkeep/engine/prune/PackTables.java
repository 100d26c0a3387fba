package org.mailkeep.engine.prune;

import java.util.BitSet;
import java.util.function.BiConsumer;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackTable;

/** Goes through the tables of all packs of an index, one segment's worth of them at a time. */
record PackTables(Repository repository, LocalIndex index, Cancellation cancellation) {

  /** Calls back with each pack once, and its local number. */
  void each(BiConsumer<Integer, PackTable> visitor) {
    BitSet seen = new BitSet();
    for (ObjectId segment : index.segments()) {
      cancellation.check();
      for (PackTable pack : repository.segments().read(segment)) {
        visit(pack, seen, visitor);
      }
    }
    for (ObjectId pack : index.unpublishedIds()) {
      cancellation.check();
      visit(repository.packs().table(pack), seen, visitor);
    }
  }

  private void visit(PackTable pack, BitSet seen, BiConsumer<Integer, PackTable> visitor) {
    int number = index.number(pack.pack()).orElseThrow();
    if (!seen.get(number)) {
      seen.set(number);
      visitor.accept(number, pack);
    }
  }
}
