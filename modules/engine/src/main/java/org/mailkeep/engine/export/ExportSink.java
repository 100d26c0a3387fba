package org.mailkeep.engine.export;

import java.io.IOException;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;

/** An archive that is being written. */
interface ExportSink extends AutoCloseable {

  /** Adds an entry; of a directory not what is in it. */
  void add(RawPath path, Entry entry) throws IOException;

  /** Ends the archive. */
  void finish() throws IOException;

  @Override
  void close();
}
