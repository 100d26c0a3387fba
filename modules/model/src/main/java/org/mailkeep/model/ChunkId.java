package org.mailkeep.model;

import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The name of a chunk: the first 24 bytes of HMAC-SHA-256 over its plaintext with the repository's
 * id key. 192 bits leave no room for accidents (2^96 chunks to the first expected collision) and
 * save a quarter of what ids, which no compression shrinks, cost in trees and indexes.
 *
 * @param a the first eight bytes, big-endian
 * @param b the next eight
 * @param c the last eight
 */
public record ChunkId(long a, long b, long c) implements Comparable<ChunkId> {

  /** The length of an id in bytes. */
  public static final int LENGTH = 24;

  /** The id whose bytes begin at {@code offset}. */
  public static ChunkId of(byte[] bytes, int offset) {
    return read(new ByteReader(bytes, offset, LENGTH));
  }

  /** Reads the 24 bytes that {@link #write} wrote. */
  public static ChunkId read(ByteReader in) {
    return new ChunkId(in.u64(), in.u64(), in.u64());
  }

  /** Writes the 24 bytes. */
  public void write(ByteWriter out) {
    out.u64(a).u64(b).u64(c);
  }

  /** The 24 bytes. */
  public byte[] bytes() {
    ByteWriter out = new ByteWriter(LENGTH);
    write(out);
    return out.toByteArray();
  }

  /** Unsigned byte order. */
  @Override
  public int compareTo(ChunkId other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    return order != 0 ? order : Long.compareUnsigned(c, other.c);
  }

  /** The keyed hash is uniform, so any 32 bits of it are a good hash code. */
  @Override
  public int hashCode() {
    return (int) (a ^ a >>> 32);
  }

  /** 48 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x%016x%016x", a, b, c);
  }
}
