package org.mailkeep.model.tree;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * Sorted names, each without what it shares with the one before: for each name the number of shared
 * bytes and the number of its own, then the own bytes of all of them.
 */
final class NameColumn {

  private NameColumn() {}

  static void write(List<FileName> names, ByteWriter out) {
    ByteWriter own = new ByteWriter(names.size() * 16);
    byte[] previous = {};
    for (FileName name : names) {
      byte[] bytes = name.bytes();
      int shared = shared(previous, bytes);
      out.varint(shared).varint(bytes.length - shared);
      own.raw(bytes, shared, bytes.length - shared);
      previous = bytes;
    }
    out.raw(own.toByteArray());
  }

  static List<FileName> read(ByteReader in, int count) {
    int[] shared = new int[count];
    int[] length = new int[count];
    for (int i = 0; i < count; i++) {
      shared[i] = in.count(FileName.MAX_LENGTH);
      length[i] = shared[i] + in.count(FileName.MAX_LENGTH - shared[i]);
    }
    List<FileName> names = new ArrayList<>(count);
    byte[] buffer = new byte[FileName.MAX_LENGTH];
    for (int i = 0; i < count; i++) {
      if (shared[i] > (i == 0 ? 0 : length[i - 1])) {
        throw new MalformedException("a name shares more than there is");
      }
      byte[] own = in.raw(length[i] - shared[i]);
      System.arraycopy(own, 0, buffer, shared[i], own.length);
      FileName name = FileName.of(buffer, 0, length[i]);
      if (!name.isComponent()) {
        throw new MalformedException("'" + name + "' cannot be a file's name");
      }
      if (i > 0 && names.get(i - 1).compareTo(name) >= 0) {
        throw new MalformedException("the name '" + name + "' is out of order");
      }
      names.add(name);
    }
    return names;
  }

  /**
   * Whether a name passes the test; {@code in} stands behind the column only where none does. The
   * order of names and what they are made of is not looked at.
   */
  static boolean anyMatch(ByteReader in, int count, NameTest test) {
    int[] shared = new int[count];
    int[] own = new int[count];
    for (int i = 0; i < count; i++) {
      shared[i] = in.count(FileName.MAX_LENGTH);
      own[i] = in.count(FileName.MAX_LENGTH - shared[i]);
    }
    byte[] buffer = new byte[FileName.MAX_LENGTH];
    for (int i = 0; i < count; i++) {
      in.raw(own[i], buffer, shared[i]);
      if (test.test(buffer, shared[i] + own[i])) {
        return true;
      }
    }
    return false;
  }

  private static int shared(byte[] a, byte[] b) {
    int mismatch = java.util.Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
