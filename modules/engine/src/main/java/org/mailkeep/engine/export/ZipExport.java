package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.OutputStream;
import org.mailkeep.engine.archive.ZipWriter;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** A zip archive of files, directories and links. */
final class ZipExport implements ExportSink {

  private final ZipWriter zip;
  private final FileBytes bytes;
  private final ExportObserver observer;

  ZipExport(OutputStream out, FileBytes bytes, ExportObserver observer) {
    this.zip = new ZipWriter(out);
    this.bytes = bytes;
    this.observer = observer;
  }

  @Override
  public void add(RawPath path, Entry entry) throws IOException {
    if (path.names().isEmpty()) {
      return;
    }
    if (!RawText.isUtf8(path.text())) {
      observer.problem(path, "its name is not UTF-8 and is written as it is shown here");
    }
    switch (entry.body()) {
      case Body.RegularFile file -> {
        if (bytes.write(path, file, () -> zip.file(path, entry.metadata(), file), zip::content)) {
          zip.end();
        }
      }
      case Body.Directory _ -> zip.directory(path, entry.metadata());
      case Body.SymbolicLink link -> zip.link(path, entry.metadata(), link);
      case Body.Fifo _, Body.Socket _, Body.Device _ ->
          observer.problem(path, "left out: a special file cannot be in a zip archive");
    }
  }

  @Override
  public void finish() throws IOException {
    zip.finish();
  }

  @Override
  public void close() {}
}
