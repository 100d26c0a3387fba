package org.mailkeep.engine.recover;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.unix.Input;

/** The SHA-256 of a file's content, whether it is on disk or in the repository. */
final class ContentDigest implements ContentReader.Target {

  private static final int BUFFER = 64 << 10;

  private final MessageDigest digest;

  private ContentDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That of a message in the repository. */
  static byte[] of(StoredMessage message, ContentReader content) {
    ContentDigest digest = new ContentDigest();
    content.write(message.recipe(), digest);
    return digest.digest.digest();
  }

  /** That of an open file, from its start. */
  static byte[] of(Input input) {
    ContentDigest digest = new ContentDigest();
    byte[] buffer = new byte[BUFFER];
    for (int n = input.read(buffer, 0, BUFFER); n > 0; n = input.read(buffer, 0, BUFFER)) {
      digest.bytes(buffer, 0, n);
    }
    return digest.digest.digest();
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
  }

  @Override
  public void hole(long length) {
    byte[] zeros = new byte[BUFFER];
    for (long left = length; left > 0; left -= BUFFER) {
      digest.update(zeros, 0, (int) Math.min(left, BUFFER));
    }
  }
}
