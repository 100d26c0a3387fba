package org.mailkeep.engine.verify;

import java.time.Instant;
import java.util.Optional;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The packs that are in the storage, with what is known of each; kept on disk. Those that a check
 * is to read are chosen from it, the ones first that were not read for the longest time.
 */
final class PackInventory {

  private static final byte[] PACK = {'p'};
  private static final byte[] AGE = {'a'};
  private static final byte[] WANTED = {'w'};
  private static final byte[] PARITY = {'y'};

  private final StateDatabase temporary;
  private final Optional<PackChecks> checks;
  private long count;
  private long bytes;

  PackInventory(StateDatabase temporary, Optional<PackChecks> checks) {
    this.temporary = temporary;
    this.checks = checks;
  }

  void add(ObjectId pack, long size) {
    byte[] length = new ByteWriter(8).u64(size).toByteArray();
    // What was damaged is read in every check, so that it is told until it is repaired.
    long time =
        checks
            .filter(known -> !known.isDamaged(pack))
            .flatMap(known -> known.lastRead(pack))
            .map(Instant::toEpochMilli)
            .orElse(0L);
    temporary.put(Table.PACK_CHECKS, key(PACK, pack), length);
    byte[] age = new ByteWriter(41).raw(AGE).u64(time).raw(pack.bytes()).toByteArray();
    temporary.put(Table.PACK_CHECKS, age, length);
    count++;
    bytes += size;
  }

  boolean contains(ObjectId pack) {
    return temporary.get(Table.PACK_CHECKS, key(PACK, pack)) != null;
  }

  long count() {
    return count;
  }

  void hasParity(ObjectId pack) {
    temporary.put(Table.PACK_CHECKS, key(PARITY, pack), new byte[0]);
  }

  /** How many packs have no parity. */
  long withoutParity() {
    long[] without = {0};
    temporary.scan(
        Table.PACK_CHECKS,
        PACK,
        (key, _) -> {
          byte[] parity = key.clone();
          parity[0] = PARITY[0];
          without[0] += temporary.get(Table.PACK_CHECKS, parity) == null ? 1 : 0;
        });
    return without[0];
  }

  /**
   * What is to be read.
   *
   * @param packs their number
   * @param bytes their bytes
   */
  record Choice(long packs, long bytes) {}

  /** Chooses the packs to read; {@link #isWanted} knows them from here on. */
  Choice choose(DataSubset subset) {
    long[] sums = {0, 0};
    temporary.scan(
        Table.PACK_CHECKS,
        AGE,
        (key, value) -> {
          ObjectId pack = ObjectId.read(new ByteReader(key, 9, ObjectId.LENGTH));
          if (subset.has(pack, sums[1], bytes) || isKnownDamaged(pack)) {
            temporary.put(Table.PACK_CHECKS, key(WANTED, pack), new byte[0]);
            sums[0]++;
            sums[1] += new ByteReader(value).u64();
          }
        });
    return new Choice(sums[0], sums[1]);
  }

  private boolean isKnownDamaged(ObjectId pack) {
    return checks.filter(known -> known.isDamaged(pack)).isPresent();
  }

  boolean isWanted(ObjectId pack) {
    return temporary.get(Table.PACK_CHECKS, key(WANTED, pack)) != null;
  }

  /** How much was read within what time; what is remembered of packs that are gone is forgotten. */
  Optional<Coverage> coverage() {
    if (checks.isEmpty()) {
      return Optional.empty();
    }
    PackChecks known = checks.get();
    known.forEach(
        pack -> {
          if (!contains(pack)) {
            known.forget(pack);
          }
        });
    long[] read = {0, 0, Long.MAX_VALUE};
    temporary.scan(
        Table.PACK_CHECKS,
        PACK,
        (key, value) -> {
          ObjectId pack = ObjectId.read(new ByteReader(key, 1, ObjectId.LENGTH));
          known
              .lastRead(pack)
              .ifPresent(
                  time -> {
                    read[0]++;
                    read[1] += new ByteReader(value).u64();
                    read[2] = Math.min(read[2], time.toEpochMilli());
                  });
        });
    Optional<Instant> oldest =
        read[0] == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(read[2]));
    return Optional.of(new Coverage(count, bytes, read[0], read[1], oldest));
  }

  private static byte[] key(byte[] prefix, ObjectId pack) {
    return new ByteWriter(33).raw(prefix).raw(pack.bytes()).toByteArray();
  }
}
