package org.mailkeep.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class ChunkerTest {

  private static final ChunkSizes SMALL = new ChunkSizes(64, 256, 1024);
  private static final Chunker CHUNKER = new Chunker(gear(1), SMALL);

  private static long[] gear(long seed) {
    return new SplittableRandom(seed).longs(256).toArray();
  }

  private static List<Integer> lengths(Chunker chunker, byte[] bytes) {
    List<Integer> lengths = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += lengths.getLast()) {
      lengths.add(chunker.cut(bytes, from, bytes.length));
    }
    return lengths;
  }

  private static List<ByteString> chunks(byte[] bytes) {
    List<ByteString> chunks = new ArrayList<>();
    int from = 0;
    for (int length : lengths(CHUNKER, bytes)) {
      chunks.add(ByteString.of(Arrays.copyOfRange(bytes, from, from + length)));
      from += length;
    }
    return chunks;
  }

  private static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void lengths_keep_within_their_bounds_and_add_up() {
    Property.check(
        300,
        draw -> {
          byte[] bytes = draw.bytes(draw.between(0, 10_000));
          List<Integer> lengths = lengths(CHUNKER, bytes);
          assertThat(lengths.stream().mapToInt(i -> i).sum()).isEqualTo(bytes.length);
          for (int i = 0; i < lengths.size(); i++) {
            int least = i == lengths.size() - 1 ? 1 : SMALL.min();
            assertThat(lengths.get(i)).isBetween(least, SMALL.max());
          }
        });
  }

  @Test
  void a_cut_depends_on_the_bytes_before_it_alone() {
    Property.check(
        200,
        draw -> {
          byte[] bytes = draw.bytes(draw.between(SMALL.max(), 3 * SMALL.max()));
          int shift = draw.between(0, 100);
          byte[] moved = new byte[shift + bytes.length];
          System.arraycopy(bytes, 0, moved, shift, bytes.length);
          int cut = CHUNKER.cut(bytes, 0, bytes.length);
          assertThat(CHUNKER.cut(moved, shift, moved.length)).isEqualTo(cut);
          assertThat(CHUNKER.cut(bytes, 0, SMALL.max())).isEqualTo(cut);
        });
  }

  @Test
  void noise_gives_chunks_near_the_average() {
    List<Integer> lengths = lengths(CHUNKER, noise(7, 1 << 20));
    double mean = (1 << 20) / (double) lengths.size();
    assertThat(mean).isBetween(SMALL.average() * 0.75, SMALL.average() * 1.5);
  }

  @Test
  void after_an_insertion_the_chunks_soon_are_the_same_again() {
    Property.check(
        50,
        draw -> {
          byte[] before = noise(draw.random().nextLong(), 100_000);
          byte[] after = insert(draw, before);
          Set<ByteString> known = new HashSet<>(chunks(before));
          long changed = chunks(after).stream().filter(chunk -> !known.contains(chunk)).count();
          assertThat(changed).isLessThan(30);
        });
  }

  private static byte[] insert(Draw draw, byte[] before) {
    int place = draw.between(0, before.length);
    byte[] more = draw.bytes(draw.between(1, 50));
    byte[] after = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, after, place, more.length);
    System.arraycopy(before, place, after, place + more.length, before.length - place);
    return after;
  }

  @Test
  void another_repository_cuts_elsewhere() {
    byte[] bytes = noise(3, 50_000);
    assertThat(lengths(new Chunker(gear(2), SMALL), bytes)).isNotEqualTo(lengths(CHUNKER, bytes));
  }
}
