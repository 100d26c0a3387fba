package org.mailkeep.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class FileContentTest {

  private static final KeySet KEYS = FullKeys.generate(new SecureRandom());

  private final ChunkMap chunks = new ChunkMap();
  private final ContentWriter writer = new ContentWriter(KEYS, chunks);
  private final ContentReader reader = new ContentReader(chunks);

  /** Gives bytes in pieces of any size, as files do. */
  static ByteSource pieces(byte[] bytes, SplittableRandom random) {
    int[] position = {0};
    return (target, offset, length) -> {
      int left = bytes.length - position[0];
      if (left == 0 && length > 0) {
        return -1;
      }
      int count = Math.min(Math.min(length, left), 1 + random.nextInt(Math.max(1, length)));
      System.arraycopy(bytes, position[0], target, offset, count);
      position[0] += count;
      return count;
    };
  }

  private static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private ContentWriter.Stored store(byte[] bytes) {
    return writer.file(pieces(bytes, new SplittableRandom(5)), bytes.length, Holes.NONE);
  }

  private byte[] bytes(ContentWriter.Stored stored) {
    return reader.bytes(stored.recipe(), Math.toIntExact(stored.size()));
  }

  @Test
  void a_file_of_any_size_comes_back() {
    Property.check(
        120,
        draw -> {
          byte[] bytes = draw.bytes(draw.length(600_000));
          ContentWriter.Stored stored =
              writer.file(
                  pieces(bytes, draw.random()), draw.between(0, 2 * bytes.length), Holes.NONE);
          assertThat(stored.size()).isEqualTo(bytes.length);
          assertThat(bytes(stored)).isEqualTo(bytes);
        });
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 8191, 8192, 8193, 32768, 65535, 65536, 65537, 131071, 131072, 131073, 262144, 262145
      })
  void a_file_around_the_bounds_of_chunks_comes_back(int size) {
    byte[] flat = new byte[size];
    assertThat(bytes(store(flat))).isEqualTo(flat);
    byte[] noise = noise(size, size);
    assertThat(bytes(store(noise))).isEqualTo(noise);
  }

  @Test
  void an_empty_file_needs_no_chunk() {
    assertThat(store(new byte[0]).recipe()).isEqualTo(Recipe.EMPTY);
    assertThat(chunks.size()).isZero();
  }

  @Test
  void a_file_that_grew_at_its_end_shares_all_but_a_few_chunks() {
    byte[] before = noise(9, 2_000_000);
    store(before);
    int known = chunks.size();
    byte[] after = Arrays.copyOf(before, before.length + 1000);
    assertThat(bytes(store(after))).isEqualTo(after);
    assertThat(chunks.size() - known).isLessThanOrEqualTo(3);
  }

  @Test
  void a_large_file_is_cut_coarsely() {
    byte[] bytes = noise(4, 3_000_000);
    ContentWriter.Stored stored =
        writer.file(pieces(bytes, new SplittableRandom(1)), ChunkSizes.COARSE_FROM, Holes.NONE);
    assertThat(bytes(stored)).isEqualTo(bytes);
    assertThat(chunks.size()).isLessThan(40);
  }

  @Test
  void a_file_whose_reading_fails_leaves_nothing_in_the_next_ones_recipe() {
    byte[] bytes = noise(6, 1_000_000);
    ByteSource source = pieces(bytes, new SplittableRandom(1));
    long[] given = {0};
    ByteSource failing =
        (target, offset, length) -> {
          if (given[0] > 500_000) {
            throw new UncheckedIOException(new IOException("on purpose"));
          }
          int count = source.read(target, offset, length);
          given[0] += count;
          return count;
        };
    assertThatThrownBy(() -> writer.file(failing, bytes.length, Holes.NONE))
        .hasMessageContaining("on purpose");
    byte[] next = noise(8, 100_000);
    assertThat(bytes(store(next))).isEqualTo(next);
  }

  /** Data and holes by turns; a positive length is data, a negative one a hole. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Sparse(byte[] bytes, List<Integer> parts) implements Holes {
    static Sparse of(List<Integer> parts, long seed) {
      int size = parts.stream().mapToInt(Math::abs).sum();
      byte[] bytes = new byte[size];
      int at = 0;
      for (int part : parts) {
        if (part > 0) {
          System.arraycopy(noise(seed + at, part), 0, bytes, at, part);
        }
        at += Math.abs(part);
      }
      return new Sparse(bytes, parts);
    }

    private long restOfPart(long position, boolean hole) {
      long end = 0;
      for (int part : parts) {
        end += Math.abs(part);
        if (position < end) {
          return part < 0 == hole ? end - position : 0;
        }
      }
      return 0;
    }

    @Override
    public long lengthAt(long position) {
      return restOfPart(position, true);
    }

    @Override
    public long dataLengthAt(long position) {
      long rest = restOfPart(position, false);
      return rest == 0 || position + rest == bytes.length ? Long.MAX_VALUE : rest;
    }

    @Override
    public long skip(long position, long length) {
      return position + length;
    }
  }

  private void comesBack(Sparse sparse, SplittableRandom random) {
    long[] position = {0};
    Holes holes =
        new Holes() {
          @Override
          public long lengthAt(long at) {
            assertThat(at).isEqualTo(position[0]);
            return sparse.lengthAt(at);
          }

          @Override
          public long dataLengthAt(long at) {
            return sparse.dataLengthAt(at);
          }

          @Override
          public long skip(long at, long length) {
            position[0] = at + length;
            return position[0];
          }
        };
    ByteSource source =
        (target, offset, length) -> {
          int left = Math.toIntExact(sparse.bytes.length - position[0]);
          if (left == 0) {
            return -1;
          }
          int count = Math.min(Math.min(left, length), 1 + random.nextInt(length));
          System.arraycopy(sparse.bytes, (int) position[0], target, offset, count);
          position[0] += count;
          return count;
        };
    ContentWriter.Stored stored = writer.file(source, sparse.bytes.length, holes);
    assertThat(stored.size()).isEqualTo(sparse.bytes.length);
    assertThat(bytes(stored)).isEqualTo(sparse.bytes);
    long wanted = sparse.parts.stream().filter(part -> part < 0).mapToLong(part -> -part).sum();
    assertThat(segments(stored.recipe()).stream().mapToLong(FileContentTest::hole).sum())
        .isEqualTo(wanted);
  }

  private List<Segment> segments(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Direct direct -> direct.segments();
      case Recipe.Indirect indirect ->
          indirect.parts().stream()
              .flatMap(part -> segments(reader.part(indirect, part)).stream())
              .toList();
    };
  }

  private static long hole(Segment segment) {
    return segment instanceof Segment.Hole hole ? hole.length() : 0;
  }

  @Test
  void holes_come_back_wherever_they_are() {
    SplittableRandom random = new SplittableRandom(1);
    comesBack(Sparse.of(List.of(-4096, 100), 1), random);
    comesBack(Sparse.of(List.of(100, -4096, 100), 1), random);
    comesBack(Sparse.of(List.of(100, -4096), 1), random);
    comesBack(Sparse.of(List.of(-1), 1), random);
    comesBack(Sparse.of(List.of(-5_000_000, 1, -5_000_000), 1), random);
    Property.check(
        60,
        draw -> {
          List<Integer> parts = new ArrayList<>();
          boolean hole = draw.flip();
          for (int left = draw.between(1, 8); left > 0; left--, hole = !hole) {
            int length = draw.between(1, 200_000);
            parts.add(hole ? -length : length);
          }
          comesBack(Sparse.of(parts, draw.random().nextLong()), draw.random());
        });
  }

  @Test
  void a_recipe_of_many_segments_is_stored_in_parts_at_as_many_levels_as_it_needs() {
    RecipeWriter recipe = new RecipeWriter(KEYS.hasher(), chunks);
    int direct = RecipeWriter.MAX_DIRECT;
    for (int segments :
        new int[] {
          1, direct, direct + 1, 300, direct * direct, direct * direct + 1, 2 * direct * direct + 5
        }) {
      for (int i = 0; i < segments; i++) {
        recipe.add(new Segment.Hole(i + 1));
      }
      Recipe written = recipe.finish();
      int depth = segments <= direct ? 0 : segments <= direct * direct ? 1 : 2;
      assertThat(written instanceof Recipe.Indirect indirect ? indirect.depth() : 0)
          .as("%d segments", segments)
          .isEqualTo(depth);
      List<Segment> all = segments(written);
      assertThat(all).hasSize(segments);
      assertThat(all.getFirst().length()).isEqualTo(1);
      assertThat(all.getLast().length()).isEqualTo(segments);
    }
    assertThat(recipe.finish()).isEqualTo(Recipe.EMPTY);
  }

  @Test
  void a_file_of_many_chunks_names_every_chunk_once_and_its_parts_before_what_they_lead_to() {
    byte[] bytes = noise(2, 20_000_000);
    ContentWriter.Stored stored = store(bytes);
    assertThat(stored.recipe()).isInstanceOf(Recipe.Indirect.class);
    assertThat(bytes(stored)).isEqualTo(bytes);
    List<ChunkId> visited = new ArrayList<>();
    reader.forEachChunk(stored.recipe(), chunk -> visited.add(chunk.id()));
    assertThat(visited).doesNotHaveDuplicates().hasSize(chunks.size());
  }

  @Test
  void a_chunk_that_is_missing_or_of_another_length_is_damage() {
    Draw draw = new Draw(1, 10);
    ContentWriter.Stored stored = store(draw.bytes(100_000));
    List<ChunkRef> refs = new ArrayList<>();
    reader.forEachChunk(stored.recipe(), refs::add);
    chunks.put(refs.getFirst().id(), new byte[3]);
    assertThatThrownBy(() -> bytes(stored))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("another length");
    ContentReader elsewhere = new ContentReader(new ChunkMap());
    assertThatThrownBy(() -> elsewhere.bytes(stored.recipe(), 1 << 20))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void a_part_that_is_no_recipe_or_of_the_wrong_depth_is_damage() {
    RecipeWriter recipe = new RecipeWriter(KEYS.hasher(), chunks);
    for (int i = 0; i < 300; i++) {
      recipe.add(new Segment.Hole(1));
    }
    Recipe.Indirect whole = (Recipe.Indirect) recipe.finish();
    Recipe tooDeep = new Recipe.Indirect(2, whole.parts());
    assertThatThrownBy(() -> reader.bytes(tooDeep, 1000))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("wrong depth");
    ChunkRef first = whole.parts().getFirst();
    byte[] noise = noise(1, first.length());
    noise[0] = 99;
    chunks.put(first.id(), noise);
    assertThatThrownBy(() -> reader.bytes(whole, 1000)).isInstanceOf(DamagedException.class);
  }

  @Test
  void more_than_was_asked_for_is_refused() {
    ContentWriter.Stored stored = store(noise(1, 5000));
    assertThatThrownBy(() -> reader.bytes(stored.recipe(), 4999))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
