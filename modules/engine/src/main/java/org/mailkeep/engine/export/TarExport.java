package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.mailkeep.engine.archive.TarWriter;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** A tar archive with all that a snapshot knows but sockets, which no program keeps a use for. */
final class TarExport implements ExportSink {

  private final TarWriter tar;
  private final FileBytes bytes;
  private final ExportObserver observer;
  private final FirstNames firstNames = new FirstNames();

  TarExport(OutputStream out, FileBytes bytes, ExportObserver observer) {
    this.tar = new TarWriter(out);
    this.bytes = bytes;
    this.observer = observer;
  }

  @Override
  public void add(RawPath path, Entry entry) throws IOException {
    Optional<RawPath> first = firstNames.of(entry.linkGroup());
    if (first.isPresent()) {
      tar.hardLink(path, entry.metadata(), first.get());
      return;
    }
    switch (entry.body()) {
      case Body.Socket _ -> observer.problem(path, "left out: a socket cannot be in a tar archive");
      case Body.RegularFile file -> {
        if (bytes.write(path, file, () -> tar.member(path, entry.metadata(), file), tar::content)) {
          firstNames.written(entry.linkGroup(), path);
        }
      }
      default -> {
        tar.member(path, entry.metadata(), entry.body());
        firstNames.written(entry.linkGroup(), path);
      }
    }
  }

  @Override
  public void finish() throws IOException {
    tar.finish();
  }

  @Override
  public void close() {
    firstNames.close();
  }
}
