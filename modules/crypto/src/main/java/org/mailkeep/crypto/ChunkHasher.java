package org.mailkeep.crypto;

import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.mailkeep.model.ChunkId;

/**
 * Names chunks: the first 24 bytes of HMAC-SHA-256 over the plaintext under the repository's id
 * key, so that only holders of a key set can tell whether the repository has a given content.
 *
 * <p>For one thread; every thread takes its own from {@link KeySet#hasher}.
 */
public final class ChunkHasher {

  private final Mac mac;
  private final byte[] code = new byte[HmacSha256.LENGTH];
  private boolean begun;

  ChunkHasher(byte[] idKey) {
    mac = HmacSha256.start(idKey);
  }

  /** The id of the chunk {@code bytes[offset..offset+count)}. */
  public ChunkId id(byte[] bytes, int offset, int count) {
    if (begun) {
      throw new IllegalStateException("a chunk is begun and not finished");
    }
    update(bytes, offset, count);
    return finish();
  }

  /** The next part of a chunk that comes in parts. */
  public void update(byte[] bytes, int offset, int count) {
    begun = true;
    mac.update(bytes, offset, count);
  }

  /** The id of all parts since the last finish; of the empty chunk if there were none. */
  public ChunkId finish() {
    try {
      mac.doFinal(code, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("HMAC-SHA-256 has other than 32 bytes", e);
    }
    begun = false;
    return ChunkId.of(code, 0);
  }
}
