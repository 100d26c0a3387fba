package org.mailkeep.engine.archive;

import java.util.Optional;
import org.mailkeep.engine.content.ByteSource;

/** Gives the members of an archive one after the other, and the content of each. */
public interface ArchiveReader extends ByteSource, AutoCloseable {

  /**
   * The next member; what is left of the content of the last one is passed.
   *
   * @return empty at the end of the archive
   * @throws org.mailkeep.model.error.RefusedException where the archive is damaged, cut off, or
   *     asks for what it must not have
   */
  Optional<ArchiveEntry> next();

  /** The content of the member given last, to its end; of a sparse file without the holes. */
  @Override
  int read(byte[] target, int offset, int length);

  @Override
  void close();
}
