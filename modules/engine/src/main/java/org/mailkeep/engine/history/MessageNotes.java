package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.SipHash;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.RecipeCodec;

/**
 * Under which keys a backup notes what messages say: by directory and name, so that the history,
 * which goes through directories in the order of names, meets them in the order of keys. Each note
 * says of which content it is. For one thread.
 */
final class MessageNotes {

  private static final int PREFIX = 8;

  private final ChunkHasher hasher;
  private final SipHash hash;
  private RawPath directory = RawPath.ROOT;
  private byte[] prefix;

  MessageNotes(ChunkHasher hasher) {
    this.hasher = hasher;
    byte[] purpose = "message history".getBytes(StandardCharsets.US_ASCII);
    ChunkId key = hasher.id(purpose, 0, purpose.length);
    this.hash = new SipHash(key.a(), key.b());
    this.prefix = prefix(directory);
  }

  /** What tells the content that a recipe brings back from nearly all others. */
  long identity(Recipe recipe) {
    byte[] bytes = RecipeCodec.encode(recipe);
    return hash.add(bytes, bytes.length).finish();
  }

  /** The key of a file's note. */
  byte[] key(RawPath in, FileName name) {
    if (!in.equals(directory)) {
      directory = in;
      prefix = prefix(in);
    }
    byte[] key = new byte[PREFIX + name.length()];
    System.arraycopy(prefix, 0, key, 0, PREFIX);
    name.copyTo(key, PREFIX);
    return key;
  }

  private byte[] prefix(RawPath path) {
    byte[] bytes = path.bytes();
    return hasher.id(bytes, 0, bytes.length).bytes();
  }
}
