package org.mailkeep.engine.copy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * What a host remembers of a copy that it made: version 1 (one byte), the place, the time in
 * seconds (eight bytes), the number of snapshots, the number of sources, for each its host, what it
 * is and the time of its newest snapshot; then the authentication code of the repository's keys for
 * {@link Purpose#STATE} over all that. Numbers are varints but where a size is given.
 *
 * @param place where the copy is, as the user wrote it
 * @param time when the copying last ended, in whole seconds
 * @param snapshots how many of the repository's snapshots it had then
 * @param newest the time of the newest snapshot of each source that it had, in whole seconds
 */
public record CopyRecord(
    String place, Instant time, int snapshots, Map<SourceName, Instant> newest) {

  private static final int VERSION = 1;
  private static final int CODE = 32;
  private static final int MAX_TEXT = 1 << 16;

  /** Copies the map. */
  public CopyRecord {
    time = time.truncatedTo(ChronoUnit.SECONDS);
    Map<SourceName, Instant> sorted = new TreeMap<>();
    newest.forEach((source, at) -> sorted.put(source, at.truncatedTo(ChronoUnit.SECONDS)));
    newest = Collections.unmodifiableMap(sorted);
  }

  byte[] encode(KeySet keys) {
    ByteWriter out = new ByteWriter();
    out.u8(VERSION).string(place).u64(time.getEpochSecond());
    out.varint(snapshots).varint(newest.size());
    newest.forEach(
        (source, at) -> out.string(source.host()).string(source.what()).u64(at.getEpochSecond()));
    return out.raw(keys.mac(Purpose.STATE, out.toByteArray())).toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException where it is not that
   */
  static CopyRecord decode(byte[] bytes, KeySet keys) {
    int end = Math.max(0, bytes.length - CODE);
    byte[] content = Arrays.copyOf(bytes, end);
    if (!keys.isMac(Arrays.copyOfRange(bytes, end, bytes.length), Purpose.STATE, content)) {
      throw new MalformedException("it was not written by a holder of the keys");
    }
    ByteReader in = new ByteReader(content);
    if (in.u8() != VERSION) {
      throw new MalformedException("it is of another version");
    }
    try {
      String place = in.string(MAX_TEXT);
      Instant time = Instant.ofEpochSecond(in.u64());
      int snapshots = in.count(Integer.MAX_VALUE);
      Map<SourceName, Instant> newest = new TreeMap<>();
      for (int left = in.countOf(1); left > 0; left--) {
        SourceName source = new SourceName(in.string(MAX_TEXT), in.string(MAX_TEXT));
        newest.put(source, Instant.ofEpochSecond(in.u64()));
      }
      in.end();
      return new CopyRecord(place, time, snapshots, newest);
    } catch (DateTimeException e) {
      throw new MalformedException("it has a time out of range");
    }
  }
}
