package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * Where a chunk is, in local numbers. The host state keeps the places of a chunk one after the
 * other, each as four varints.
 *
 * @param pack the local number of the pack
 * @param block the number of the block in the pack
 * @param offset where it begins in the block's plaintext, in bytes
 * @param length its length in bytes
 */
public record ChunkPlace(int pack, int block, int offset, int length) {

  static List<ChunkPlace> read(byte[] value) {
    ByteReader in = new ByteReader(value);
    List<ChunkPlace> places = new ArrayList<>(1);
    while (in.remaining() > 0) {
      places.add(
          new ChunkPlace(
              (int) in.varint(), (int) in.varint(), (int) in.varint(), (int) in.varint()));
    }
    return places;
  }

  static byte[] write(List<ChunkPlace> places) {
    ByteWriter out = new ByteWriter(20);
    places.forEach(place -> place.write(out));
    return out.toByteArray();
  }

  private void write(ByteWriter out) {
    out.varint(pack).varint(block).varint(offset).varint(length);
  }
}
