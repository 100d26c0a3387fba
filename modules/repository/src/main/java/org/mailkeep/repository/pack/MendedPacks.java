package org.mailkeep.repository.pack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.parity.PackParity;

/**
 * Packs that are read by way of their parity. The one mended last is kept, as its blocks are asked
 * for one after the other; which ones were tried before is remembered. Safe for use by many
 * threads, of which one mends at a time.
 */
final class MendedPacks {

  private static final int REMEMBERED = 1024;

  private final PackParity parity;
  private final Map<ObjectId, Boolean> tried =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private volatile Consumer<MendedPack> listener = _ -> {};
  private @Nullable ObjectId last;
  private byte[] bytes = new byte[0];

  MendedPacks(PackParity parity) {
    this.parity = parity;
  }

  void listen(Consumer<MendedPack> other) {
    listener = other;
  }

  /** The pack with its bad sectors brought back; empty where that cannot be done. */
  synchronized Optional<PackBytes> mend(ObjectId pack) {
    if (pack.equals(last)) {
      return Optional.of(PackBytes.of(pack, bytes));
    }
    if (Boolean.FALSE.equals(tried.get(pack))) {
      return Optional.empty();
    }
    // Two packs in memory would be one too many.
    last = null;
    bytes = new byte[0];
    Optional<PackParity.Mended> mended = parity.mend(pack);
    boolean isNew = tried.put(pack, mended.isPresent()) == null;
    if (mended.isEmpty()) {
      return Optional.empty();
    }
    last = pack;
    bytes = mended.get().bytes();
    if (isNew) {
      listener.accept(new MendedPack(pack, mended.get().bad()));
    }
    return Optional.of(PackBytes.of(pack, bytes));
  }
}
