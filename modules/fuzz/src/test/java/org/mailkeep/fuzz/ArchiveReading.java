package org.mailkeep.fuzz;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.mailkeep.engine.archive.ArchiveEntry;
import org.mailkeep.engine.archive.ArchiveObserver;
import org.mailkeep.engine.archive.ArchiveReader;
import org.mailkeep.engine.archive.Archives;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Accounts;

/** Reads an archive to its end and holds it to what every reader promises. */
final class ArchiveReading {

  private static final long MOST = 16 << 20;

  private static final ArchiveObserver SILENT =
      new ArchiveObserver() {
        @Override
        public void skipped(RawPath path, String problem) {}

        @Override
        public void note(String text) {}
      };

  private ArchiveReading() {}

  /** The archive is read, or refused; its names stay in it. */
  static void readOrRefuse(byte[] archive) {
    try (ArchiveReader reader =
        Archives.open(new ByteArrayInputStream(archive), "fuzz", MOST, SILENT, new Accounts())) {
      byte[] content = new byte[8192];
      for (Optional<ArchiveEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        for (FileName name : next.get().path().names()) {
          if (!name.isComponent()) {
            throw new AssertionError("a name that leads elsewhere: " + name);
          }
        }
        int count = reader.read(content, 0, content.length);
        while (count > 0) {
          count = reader.read(content, 0, content.length);
        }
      }
    } catch (RefusedException refused) {
      // That is what it is for.
    }
  }
}
