package org.mailkeep.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.KeyException;

/**
 * Opens what was sealed to the data keys of a full key set. Finding the secret of an envelope costs
 * some 0.3 ms, and all objects of a run share one, so the secrets of the 64 envelopes used last are
 * kept.
 *
 * <p>Safe for use by many threads; they wait for each other only while one finds a secret.
 */
public final class Opener {

  private static final int REMEMBERED = 64;

  private final HybridKem kem;
  private final Map<DataKeyId, HybridPrivateKey> keys;
  private final LinkedHashMap<Envelope, byte[]> secrets = new LinkedHashMap<>(128, 0.75f, true);

  Opener(byte[] sealKey, Map<DataKeyId, HybridPrivateKey> keys) {
    this.kem = HybridKem.forObjects(sealKey);
    this.keys = Map.copyOf(keys);
  }

  /**
   * The opener for one object's blocks. A changed envelope, or a wrong id or kind, mostly shows
   * only when a block is opened.
   *
   * @throws KeyException if the object was sealed to a data key that is not in the key set
   * @throws SealBrokenException if the envelope cannot be one
   */
  public BlockOpener open(Envelope envelope, ObjectId id, int kind) {
    return new BlockOpener(ObjectKey.of(secret(envelope), id, kind));
  }

  private synchronized byte[] secret(Envelope envelope) {
    byte[] known = secrets.get(envelope);
    if (known != null) {
      return known;
    }
    byte[] secret = kem.receive(privateKey(envelope.dataKey()), envelope);
    if (secrets.size() >= REMEMBERED) {
      secrets.pollFirstEntry();
    }
    secrets.put(envelope, secret);
    return secret;
  }

  private HybridPrivateKey privateKey(DataKeyId id) {
    HybridPrivateKey key = keys.get(id);
    if (key == null) {
      throw new KeyException(
          "The key set does not hold data key " + id + ", to which this was sealed",
          "Open the repository with a newer key slot; one from before the change of keys lacks the"
              + " new key.");
    }
    return key;
  }
}
