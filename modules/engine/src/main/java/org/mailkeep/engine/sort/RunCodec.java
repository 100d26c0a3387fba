package org.mailkeep.engine.sort;

import java.util.List;
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
}
