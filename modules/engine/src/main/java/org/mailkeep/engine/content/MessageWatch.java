package org.mailkeep.engine.content;

import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;

/**
 * Sees messages pass by while they are stored, their attachments left out. For one thread, one
 * message at a time.
 */
public interface MessageWatch {

  /** Sees nothing. */
  MessageWatch NONE =
      new MessageWatch() {
        @Override
        public void file(RawPath directory, FileName name) {}

        @Override
        public void begin() {}

        @Override
        public void text(byte[] bytes, int offset, int length) {}

        @Override
        public void gap() {}

        @Override
        public void end(Recipe recipe) {}

        @Override
        public void rest() {}
      };

  /** The message that comes next is this file. */
  void file(RawPath directory, FileName name);

  /** A message begins; one that has not ended was given up. */
  void begin();

  /** The next bytes of its header or text; what delivery put on top is left out. */
  void text(byte[] bytes, int offset, int length);

  /** Something was decoded from base64 here. */
  void gap();

  /** The message was stored: this brings it back. */
  void end(Recipe recipe);

  /** For now, no message comes. */
  void rest();
}
