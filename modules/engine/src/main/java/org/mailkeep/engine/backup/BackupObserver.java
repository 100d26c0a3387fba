package org.mailkeep.engine.backup;

import org.mailkeep.model.RawPath;

/** Is told how a backup goes on. Called by many threads, often; must be quick. */
public interface BackupObserver {

  /** Nobody watches. */
  BackupObserver SILENT =
      new BackupObserver() {
        @Override
        public void expected(long files, long bytes) {}

        @Override
        public void entries(long files, long bytes) {}

        @Override
        public void reading(RawPath path) {}

        @Override
        public void leftOut(RawPath path, String reason) {}

        @Override
        public void unreadable(RawPath path, String problem) {}

        @Override
        public void commandSays(String name, String line) {}
      };

  /** So much there was the last time, or is likely to be: files and bytes in all. */
  void expected(long files, long bytes);

  /** So many more files, with so many bytes, are done. */
  void entries(long files, long bytes);

  /** A file is being read. */
  void reading(RawPath path);

  /** Something is left out on purpose. */
  void leftOut(RawPath path, String reason);

  /** Something could not be read. */
  void unreadable(RawPath path, String problem);

  /** A command whose output is stored printed a line to its standard error. */
  void commandSays(String name, String line);

  /** The snapshot is made, but the message history could not be brought up to it. */
  default void historyLags(String problem) {}
}
