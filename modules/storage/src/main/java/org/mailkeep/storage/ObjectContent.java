package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * The bytes of an object to be stored, as slices in order. Each iterator begins anew, so that a
 * storage can repeat a put that failed.
 */
public interface ObjectContent extends Iterable<ByteBuffer> {

  /** The length of all slices together, in bytes. */
  long length();

  /**
   * Whether the slices come at a rate that must be kept all the way to the disk or the network: a
   * storage that gathers them to send them on at once would make a burst of them.
   */
  default boolean isPaced() {
    return false;
  }

  /** The same bytes at once, for who reads them only to compare or to sum them up. */
  default ObjectContent unpaced() {
    return this;
  }

  /** All bytes from the first slice on; the buffers are the caller's to consume. */
  @Override
  Iterator<ByteBuffer> iterator();

  /** These bytes, which must not change until they are stored. */
  static ObjectContent of(byte[]... parts) {
    return of(List.of(parts).stream().map(ByteBuffer::wrap).toList());
  }

  /** What remains in these buffers, which must not change until it is stored. */
  static ObjectContent of(List<ByteBuffer> parts) {
    List<ByteBuffer> slices = parts.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
    return new ObjectContent() {
      @Override
      public long length() {
        return slices.stream().mapToLong(ByteBuffer::remaining).sum();
      }

      @Override
      public Iterator<ByteBuffer> iterator() {
        return slices.stream().map(ByteBuffer::duplicate).iterator();
      }
    };
  }
}
