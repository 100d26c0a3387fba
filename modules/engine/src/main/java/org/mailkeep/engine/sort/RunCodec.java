package org.mailkeep.engine.sort;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/** The bytes of some neighbouring elements of a run. */
public interface RunCodec<T> {

  /** The bytes of these elements, which are in order, none twice. */
  byte[] encode(List<T> elements);

  /**
   * The elements of what {@link #encode} wrote.
   *
   * @throws MalformedException where it is something else
   */
  List<T> decode(byte[] bytes);

  /** Writes one element, so that its end can be told when it is read. */
  interface Writer<T> {
    /** Writes it. */
    void write(T element, ByteWriter out);
  }

  /** Reads one element. */
  interface Reader<T> {
    /** Reads what the writer wrote. */
    T read(ByteReader in);
  }

  /** The bytes of one element after the other. */
  static <T> RunCodec<T> each(Writer<T> writer, Reader<T> reader) {
    return new RunCodec<>() {
      @Override
      public byte[] encode(List<T> elements) {
        ByteWriter out = new ByteWriter(16 + 128 * elements.size());
        elements.forEach(element -> writer.write(element, out));
        return out.toByteArray();
      }

      @Override
      public List<T> decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<T> elements = new ArrayList<>();
        while (in.remaining() > 0) {
          elements.add(reader.read(in));
        }
        return elements;
      }
    };
  }
}
