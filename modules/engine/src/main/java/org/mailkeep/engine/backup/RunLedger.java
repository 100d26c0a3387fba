package org.mailkeep.engine.backup;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Numbers the runs of a host state and knows which of them ended well. What a run noted is trusted
 * only when it did, for otherwise some of what it names may never have been stored.
 */
public final class RunLedger {

  private static final byte[] STARTED = {'r', 's'};
  private static final byte[] COMPLETED = {'r', 'c'};
  private static final byte[] DISTRUSTED_UP_TO = {'r', 'd'};
  private static final byte[] GENERATION = {'r', 'g'};
  private static final byte[] BROKEN = {'r', 'x'};
  private static final byte[] FULL_SCAN = {'r', 'f'};

  private final StateDatabase state;
  private final long current;
  private final long distrustedUpTo;
  private final Set<Long> broken = new HashSet<>();

  /**
   * Begins a run.
   *
   * @param generation of the index; what was noted under another one is not trusted
   */
  public RunLedger(StateDatabase state, long generation) {
    this.state = state;
    long started = number(STARTED);
    if (started > number(COMPLETED)) {
      state.put(Table.FACTS, key(BROKEN, started), new byte[0]);
    }
    state.scan(Table.FACTS, BROKEN, (key, _) -> broken.add(new ByteReader(key, 2, 8).u64()));
    if (number(GENERATION) != generation) {
      put(DISTRUSTED_UP_TO, started);
      put(GENERATION, generation);
    }
    this.distrustedUpTo = number(DISTRUSTED_UP_TO);
    this.current = started + 1;
    put(STARTED, current);
  }

  /** This run's number. */
  public long current() {
    return current;
  }

  /** Whether an earlier run ended well, and nothing happened since that makes its notes wrong. */
  public boolean isTrusted(long run) {
    return run > distrustedUpTo && run < current && !broken.contains(run);
  }

  /** The run ended well: all that it noted is stored and published. */
  public void complete() {
    put(COMPLETED, current);
  }

  /** When a full scan of this selection last ended, in milliseconds since 1970. */
  Optional<Long> lastFullScan(byte[] selection) {
    return Optional.ofNullable(state.get(Table.FACTS, key(FULL_SCAN, selection)))
        .map(value -> new ByteReader(value).u64());
  }

  void fullScanDone(byte[] selection, long time) {
    put(key(FULL_SCAN, selection), time);
  }

  private long number(byte[] key) {
    byte @Nullable [] value = state.get(Table.FACTS, key);
    return value == null ? 0 : new ByteReader(value).u64();
  }

  private void put(byte[] key, long value) {
    state.put(Table.FACTS, key, new ByteWriter(8).u64(value).toByteArray());
  }

  private static byte[] key(byte[] prefix, long number) {
    return new ByteWriter(10).raw(prefix).u64(number).toByteArray();
  }

  private static byte[] key(byte[] prefix, byte[] rest) {
    return new ByteWriter(64).raw(prefix).raw(rest).toByteArray();
  }
}
