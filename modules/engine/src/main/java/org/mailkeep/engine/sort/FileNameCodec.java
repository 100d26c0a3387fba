package org.mailkeep.engine.sort;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/** The bytes of names, each with its length before it. */
public final class FileNameCodec implements RunCodec<FileName> {

  @Override
  public byte[] encode(List<FileName> names) {
    ByteWriter out = new ByteWriter(16 + 64 * names.size());
    names.forEach(name -> out.bytes(name.bytes()));
    return out.toByteArray();
  }

  @Override
  public List<FileName> decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    List<FileName> names = new ArrayList<>();
    while (in.remaining() > 0) {
      names.add(FileName.of(in.bytes(FileName.MAX_LENGTH)));
    }
    return names;
  }
}
