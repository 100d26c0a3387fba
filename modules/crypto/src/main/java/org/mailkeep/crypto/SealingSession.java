package org.mailkeep.crypto;

import java.security.SecureRandom;
import org.mailkeep.model.ObjectId;

/**
 * One process's permission to write: a secret agreed once with the repository's current data key,
 * from which every object's own key is derived. All objects of a session carry the same {@link
 * Envelope}; without the private part of the data key not even this process, once it has ended, can
 * open them.
 *
 * <p>Safe for use by many threads; each object's {@link BlockSealer} is for one.
 */
public final class SealingSession {

  private final Envelope envelope;
  private final byte[] secret;
  private final SecureRandom random;

  SealingSession(HybridKem.Sent sent, SecureRandom random) {
    this.envelope = sent.envelope();
    this.secret = sent.secret();
    this.random = random;
  }

  /** What every object of the session has to carry. */
  public Envelope envelope() {
    return envelope;
  }

  /**
   * Begins an object under a new random id.
   *
   * @param kind 0 to 255; an object does not open as another kind
   */
  public BlockSealer newObject(int kind) {
    ObjectId id = ObjectId.generate(random);
    return new BlockSealer(id, ObjectKey.of(secret, id, kind));
  }
}
