package org.mailkeep.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mailkeep.storage.ObjectName;

/**
 * What may happen to stored objects.
 *
 * @param way in words
 * @param change the objects concerned and their bytes after it; empty for those that are gone
 */
record Rot(String way, Map<ObjectName, Optional<byte[]>> change) {

  private static Rot of(String way, ObjectName name, byte[] bytes) {
    return new Rot(way, Map.of(name, Optional.of(bytes)));
  }

  /** What may happen to one object, in each of so many equal ranges of its bytes. */
  static List<Rot> of(ObjectName name, byte[] whole, int ranges, SplittableRandom random) {
    List<Rot> rots = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      int start = (int) ((long) whole.length * i / ranges);
      int end = (int) ((long) whole.length * (i + 1) / ranges);
      if (start < end) {
        int at = random.nextInt(start, end);
        rots.add(of("a bit flips", name, flipped(whole, at, random)));
        rots.add(of("a range is noise", name, noise(whole, start, end, random)));
        rots.add(of("a range is zero", name, zero(whole, start, end)));
        rots.add(of("the end is missing", name, Arrays.copyOf(whole, at)));
        rots.add(of("bytes are missing", name, without(whole, start, at + 1)));
      }
    }
    rots.add(of("nothing in it", name, new byte[0]));
    rots.add(of("bytes are added", name, Arrays.copyOf(whole, whole.length + 1)));
    rots.removeIf(rot -> rot.change().values().stream().anyMatch(b -> isSame(b, whole)));
    rots.add(new Rot("gone", Map.of(name, Optional.empty())));
    return rots;
  }

  /** What may happen to two objects of a kind, the older one first. */
  static List<Rot> of(ObjectName first, byte[] older, ObjectName last, byte[] newer) {
    return List.of(
        new Rot("two change places", Map.of(first, Optional.of(newer), last, Optional.of(older))),
        of("another one instead", last, older),
        of("another one instead", first, newer));
  }

  /** An object that was removed comes back, or the older one of its name. */
  static Rot back(ObjectName name, byte[] bytes) {
    return of("an old one comes back", name, bytes);
  }

  private static boolean isSame(Optional<byte[]> bytes, byte[] whole) {
    return bytes.isPresent() && Arrays.equals(bytes.get(), whole);
  }

  private static byte[] flipped(byte[] whole, int at, SplittableRandom random) {
    byte[] bytes = whole.clone();
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] noise(byte[] whole, int start, int end, SplittableRandom random) {
    byte[] noise = new byte[end - start];
    random.nextBytes(noise);
    byte[] bytes = whole.clone();
    System.arraycopy(noise, 0, bytes, start, noise.length);
    return bytes;
  }

  private static byte[] zero(byte[] whole, int start, int end) {
    byte[] bytes = whole.clone();
    Arrays.fill(bytes, start, end, (byte) 0);
    return bytes;
  }

  private static byte[] without(byte[] whole, int start, int end) {
    byte[] bytes = Arrays.copyOf(whole, whole.length - (end - start));
    System.arraycopy(whole, end, bytes, start, whole.length - end);
    return bytes;
  }
}
