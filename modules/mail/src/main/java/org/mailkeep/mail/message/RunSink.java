package org.mailkeep.mail.message;

import org.mailkeep.model.content.Base64Layout;

/**
 * Receives the runs of a message in order: {@code begin}, any number of {@code bytes}, then {@code
 * end} or, for a BINARY run, {@code endBase64}. Runs are never empty and never nest.
 */
public interface RunSink {

  /** A run begins. */
  void begin(RunKind kind);

  /**
   * The run's next bytes: literal, or the decoded bytes of a BINARY run.
   *
   * @param buffer belongs to the caller and changes after the return
   */
  void bytes(byte[] buffer, int offset, int length);

  /** The literal run ends. */
  void end();

  /** The BINARY run ends; {@code layout} says how its text is rebuilt from the decoded bytes. */
  void endBase64(Base64Layout layout);
}
