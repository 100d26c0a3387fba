package org.mailkeep.mail.account;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line of fields between colons, some of which may get another value. */
final class FieldLine {

  private final List<byte[]> fields;
  private final byte[] rest;
  private boolean changed;

  private FieldLine(List<byte[]> fields, byte[] rest) {
    this.fields = fields;
    this.rest = rest;
  }

  /**
   * The line, if it has as many fields, or more.
   *
   * @param line without its line feed
   */
  static Optional<FieldLine> of(byte[] line, int count) {
    List<byte[]> fields = new ArrayList<>(count);
    int start = 0;
    for (int i = 0; i <= line.length && fields.size() < count; i++) {
      if (i == line.length || line[i] == ':') {
        fields.add(Arrays.copyOfRange(line, start, i));
        start = i + 1;
      }
    }
    byte[] rest = Arrays.copyOfRange(line, Math.min(start - 1, line.length), line.length);
    return fields.size() == count ? Optional.of(new FieldLine(fields, rest)) : Optional.empty();
  }

  byte[] get(int field) {
    return fields.get(field);
  }

  void set(int field, byte[] value) {
    fields.set(field, value);
    changed = true;
  }

  /** The line as it is now; empty where nothing was set. */
  Optional<byte[]> changed() {
    if (!changed) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.write(':');
      }
      out.writeBytes(fields.get(i));
    }
    out.writeBytes(rest);
    return Optional.of(out.toByteArray());
  }
}
