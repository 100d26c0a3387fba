package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.Load;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** Records of one table until they are written. For one thread. */
final class PendingRecords {

  /** Array headers and references, about, in bytes. */
  private static final int OVERHEAD = 56;

  private final Table table;
  private final List<Pending> records = new ArrayList<>();
  private long bytes;

  PendingRecords(Table table) {
    this.table = table;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pending(byte[] key, byte[] value) {}

  void put(byte[] key, byte[] value) {
    records.add(new Pending(key, value));
    bytes += OVERHEAD + key.length + value.length;
  }

  /** The memory they take, about, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Adds them to a batch and forgets them. */
  void write(Batch batch) {
    records.forEach(record -> batch.put(table, record.key, record.value));
    clear();
  }

  /** Loads them into the table and forgets them; of several with one key the last counts. */
  void load(StateDatabase state) {
    // What is nearly in order, as new mailboxes are, is sorted in no time.
    records.sort(Comparator.comparing(Pending::key, Arrays::compareUnsigned));
    try (Load load = state.load(table)) {
      for (int i = 0; i < records.size(); i++) {
        Pending record = records.get(i);
        if (i + 1 == records.size() || !Arrays.equals(record.key, records.get(i + 1).key)) {
          load.put(record.key, record.value);
        }
      }
      load.finish();
    }
    clear();
  }

  private void clear() {
    records.clear();
    bytes = 0;
  }
}
