package org.mailkeep.engine.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.mailkeep.model.RawText;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The records of a PAX extended header, POSIX.1-2001: lines of {@code LENGTH KEY=VALUE}, the length
 * in decimal and counting itself, the value any bytes.
 */
final class PaxRecords {

  /** The longest header that is read, in bytes: sixty of the longest attributes. */
  static final int LONGEST = 4 << 20;

  private final TreeMap<String, byte[]> records = new TreeMap<>();

  /** The value of a record; an empty one counts as none, as the standard has it. */
  Optional<byte[]> get(String key) {
    return Optional.ofNullable(records.get(key)).filter(value -> value.length > 0);
  }

  /** The value of a record as text. */
  Optional<String> text(String key) {
    return get(key).map(RawText::decode);
  }

  /** All records whose keys begin so, with what comes after. */
  void withPrefix(String prefix, BiConsumer<String, byte[]> visitor) {
    records
        .tailMap(prefix)
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                visitor.accept(key.substring(prefix.length()), value);
              }
            });
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  PaxRecords put(String key, byte[] value) {
    records.put(key, value.clone());
    return this;
  }

  PaxRecords put(String key, String text) {
    return put(key, RawText.encode(text));
  }

  /** These records, over others that hold for the whole archive. */
  PaxRecords over(PaxRecords global) {
    PaxRecords both = new PaxRecords();
    both.records.putAll(global.records);
    both.records.putAll(records);
    return both;
  }

  /** The bytes of all records, in the order of keys. */
  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    records.forEach(
        (key, value) -> {
          byte[] name = RawText.encode(key);
          int rest = 1 + name.length + 1 + value.length + 1;
          out.writeBytes(Integer.toString(withItself(rest)).getBytes(US_ASCII));
          out.write(' ');
          out.writeBytes(name);
          out.write('=');
          out.writeBytes(value);
          out.write('\n');
        });
    return out.toByteArray();
  }

  /** The length of a record whose length field counts itself. */
  private static int withItself(int rest) {
    int digits = Integer.toString(rest).length();
    int length = rest + digits;
    return Integer.toString(length).length() == digits ? length : length + 1;
  }

  /**
   * Reads records.
   *
   * @param each is also given each record in order, for some come many times
   * @throws MalformedException where they are none
   */
  static PaxRecords decode(byte[] bytes, BiConsumer<String, byte[]> each) {
    PaxRecords read = new PaxRecords();
    for (int at = 0; at < bytes.length; ) {
      int space = at;
      int length = 0;
      while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9') {
        length = length * 10 + bytes[space++] - '0';
        if (length > LONGEST) {
          throw new MalformedException("a PAX record that is too long");
        }
      }
      int end = at + length;
      int equals = space + 1;
      while (equals < Math.min(end, bytes.length) && bytes[equals] != '=') {
        equals++;
      }
      if (end > bytes.length
          || space == at
          || space >= end
          || bytes[space] != ' '
          || equals >= end - 1
          || bytes[end - 1] != '\n') {
        throw new MalformedException("a PAX header with a broken record");
      }
      String key = RawText.decode(Arrays.copyOfRange(bytes, space + 1, equals));
      byte[] value = Arrays.copyOfRange(bytes, equals + 1, end - 1);
      read.records.put(key, value);
      each.accept(key, value);
      at = end;
    }
    return read;
  }
}
