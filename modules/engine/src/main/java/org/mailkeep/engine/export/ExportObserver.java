package org.mailkeep.engine.export;

import org.mailkeep.model.RawPath;

/** Is told how an export goes on, by one thread. */
public interface ExportObserver {

  /** So much there is: files, and their bytes. */
  void expected(long files, long bytes);

  /** Something is being written. */
  void writing(RawPath path);

  /** So many more files, with so many bytes, are done. */
  void done(long files, long bytes);

  /** Something is not in the archive, or not as it was, and why. */
  void problem(RawPath path, String problem);
}
