package org.mailkeep.engine.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.testkit.property.Property;

/** Sorting more than is held in memory. */
class SortedRunsTest {

  @TempDir Path folder;

  private record Word(long key, int number) {}

  private static final RunCodec<Word> CODEC =
      new RunCodec<>() {
        @Override
        public byte[] encode(List<Word> words) {
          ByteWriter out = new ByteWriter();
          words.forEach(word -> out.u64(word.key).u32(word.number));
          return out.toByteArray();
        }

        @Override
        public List<Word> decode(byte[] bytes) {
          ByteReader in = new ByteReader(bytes);
          List<Word> words = new ArrayList<>();
          while (in.remaining() > 0) {
            words.add(new Word(in.u64(), in.u32()));
          }
          return words;
        }
      };

  private SortedRuns<Word> sort(int held) {
    return new SortSpace(folder, held).sort(Comparator.comparingLong(Word::key), CODEC);
  }

  @Test
  void all_come_in_order_and_of_equal_ones_the_last_however_few_are_held() {
    Property.check(
        200,
        draw -> {
          TreeMap<Long, Word> expected = new TreeMap<>();
          int keys = draw.between(1, 2000);
          try (SortedRuns<Word> sorted = sort(draw.between(1, 300))) {
            int count = draw.length(2000);
            for (int i = 0; i < count; i++) {
              Word word = new Word(draw.random().nextInt(keys), i);
              sorted.add(word);
              expected.put(word.key, word);
            }
            assertThat(sorted).containsExactlyElementsOf(expected.values());
            assertThat(sorted.isEmpty()).isEqualTo(count == 0);
            Word more = new Word(draw.random().nextInt(keys), -1);
            sorted.add(more);
            expected.put(more.key, more);
            assertThat(sorted).containsExactlyElementsOf(expected.values());
          }
        });
  }

  private SortedRuns<Word> many() {
    SortedRuns<Word> sorted = sort(100);
    for (int i = 0; i < 1000; i++) {
      sorted.add(new Word(i * 31 % 1000, i));
    }
    return sorted;
  }

  @Test
  void what_is_not_held_stands_in_a_file_without_a_name() throws IOException {
    try (SortedRuns<Word> sorted = many();
        Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
      assertThat(sorted).hasSize(1000);
      assertThat(openFile()).isNotNull();
    }
    assertThatThrownBy(this::openFile).hasMessageContaining("none");
  }

  private Path openFile() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(this::isOurs)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("none"));
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatever_byte_of_the_file_changes_is_told() throws IOException {
    try (SortedRuns<Word> sorted = many();
        FileChannel file =
            FileChannel.open(openFile(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      for (long at = 0; at < file.size(); at += 7) {
        file.read(one.clear(), at);
        byte was = one.get(0);
        file.write(ByteBuffer.wrap(new byte[] {(byte) (was ^ 0x40)}), at);
        assertThatThrownBy(() -> sorted.forEach(_ -> {}))
            .isInstanceOf(DamagedException.class)
            .hasMessageContaining(folder.toString());
        file.write(ByteBuffer.wrap(new byte[] {was}), at);
      }
      assertThat(sorted).hasSize(1000);
      file.truncate(file.size() - 1);
      assertThatThrownBy(() -> sorted.forEach(_ -> {})).isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void where_there_is_no_room_the_folder_is_named() throws IOException {
    Files.delete(folder);
    assertThatThrownBy(this::many)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(folder.toString())
        .extracting(e -> ((StorageException) e).advice(), InstanceOfAssertFactories.STRING)
        .contains("--state-dir");
    Files.createDirectory(folder);
  }
}
