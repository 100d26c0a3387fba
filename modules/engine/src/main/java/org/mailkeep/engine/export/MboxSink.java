package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** Messages as one mbox; what is no file is passed over. */
final class MboxSink implements ExportSink {

  private final MboxWriter mbox;
  private final FileBytes bytes;

  MboxSink(OutputStream out, FileBytes bytes) {
    this.mbox = new MboxWriter(out);
    this.bytes = bytes;
  }

  @Override
  public void add(RawPath path, Entry entry) throws IOException {
    if (entry.body() instanceof Body.RegularFile file) {
      Instant time = Instant.ofEpochSecond(entry.metadata().mtimeSeconds());
      if (bytes.write(path, file, () -> mbox.begin(time), mbox::bytes)) {
        mbox.end();
      }
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
