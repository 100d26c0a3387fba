package org.mailkeep.engine.diff;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.tree.Body;

/** Tells whether two regular files of other recipes hold the same bytes, by reading both. */
public final class SameContent {

  private static final int PIECE = 64 << 10;

  private final ContentReader reader;

  /** Reads contents from here. */
  public SameContent(ContentReader reader) {
    this.reader = reader;
  }

  /**
   * Whether the bytes are the same; nothing is read where the sizes differ already.
   *
   * @throws org.mailkeep.model.error.DamagedException where one of them cannot be read
   */
  public boolean test(Body.RegularFile one, Body.RegularFile other) {
    return one.recipe().equals(other.recipe())
        || (one.size() == other.size()
            && Arrays.equals(digest(one.recipe()), digest(other.recipe())));
  }

  private byte[] digest(Recipe recipe) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      reader.write(recipe, new Hashing(digest));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record Hashing(MessageDigest digest) implements ContentReader.Target {
    @Override
    public void bytes(byte[] buffer, int offset, int length) {
      digest.update(buffer, offset, length);
    }

    @Override
    public void hole(long length) {
      byte[] zeros = new byte[PIECE];
      for (long left = length; left > 0; left -= PIECE) {
        digest.update(zeros, 0, (int) Math.min(left, PIECE));
      }
    }
  }
}
