package org.mailkeep.repository.pack;

import java.util.OptionalInt;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/** Seals packs and stores them. Safe for use by many threads. */
public final class PackStore {

  private final Storage storage;
  private final KeySet keys;
  private final SealingSession session;
  private final OptionalInt parityPercent;

  /**
   * @param parityPercent how much parity packs get; empty for none
   */
  public PackStore(
      Storage storage, KeySet keys, SealingSession session, OptionalInt parityPercent) {
    this.storage = storage;
    this.keys = keys;
    this.session = session;
    this.parityPercent = parityPercent;
  }

  /**
   * A pack that was stored.
   *
   * @param table its table
   * @param parityBytes what its parity took
   */
  record Stored(PackTable table, long parityBytes) {}

  /** Stores the pack, then its parity; both are durable when this returns. */
  Stored store(PackBuilder builder) {
    PackBuilder.SealedPack sealed = builder.seal(keys, session);
    ObjectId pack = sealed.table().pack();
    storage.put(PackReader.name(pack), ObjectContent.of(sealed.content().toArray(byte[][]::new)));
    long parity = 0;
    if (parityPercent.isPresent()) {
      parity = new PackParity(storage).store(pack, sealed.content(), parityPercent.getAsInt());
    }
    return new Stored(sealed.table(), parity);
  }
}
