package org.mailkeep.repository.pack;

import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/** Seals packs and stores them. Safe for use by many threads. */
final class PackStore {

  private final Storage storage;
  private final KeySet keys;
  private final SealingSession session;

  PackStore(Storage storage, KeySet keys, SealingSession session) {
    this.storage = storage;
    this.keys = keys;
    this.session = session;
  }

  /** Stores the pack; it is durable when this returns. */
  PackTable store(PackBuilder builder) {
    PackBuilder.SealedPack sealed = builder.seal(keys, session);
    storage.put(
        PackReader.name(sealed.table().pack()),
        ObjectContent.of(sealed.content().toArray(byte[][]::new)));
    return sealed.table();
  }
}
