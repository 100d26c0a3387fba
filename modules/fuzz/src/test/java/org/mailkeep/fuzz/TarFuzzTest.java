package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.engine.archive.TarWriter;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.testkit.property.Draw;

class TarFuzzTest {

  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;

  static Stream<byte[]> archives() {
    return Seeds.of(TarFuzzTest::archive);
  }

  private static byte[] archive(Draw draw) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TarWriter writer = new TarWriter(out);
      ByteString value = ByteString.of(draw.bytes(draw.between(1, 20)));
      List<Attribute> attributes = List.of(new Attribute(ByteString.of("user.a"), value));
      Metadata metadata = new Metadata(0644, 1, 2, -3, draw.between(0, 999), attributes);
      RawPath path = RawPath.ROOT.resolve(FileName.of("n".repeat(draw.between(1, 200))));
      byte[] content = draw.bytes(draw.between(0, 600));
      writer.member(path, metadata, new Body.RegularFile(content.length, Recipe.EMPTY));
      writer.content(content, 0, content.length);
      writer.finish();
      byte[] archive = out.toByteArray();
      for (int at = 0; at + BLOCK <= archive.length; at += BLOCK) {
        Arrays.fill(archive, at + CHECKSUM, at + CHECKSUM + 8, (byte) 0);
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_tar_or_refused(byte[] bytes) {
    ArchiveReading.readOrRefuse(summed(bytes));
  }

  /** A checksum that is all zeros is filled in: no fuzzer would guess it. */
  private static byte[] summed(byte[] bytes) {
    byte[] archive = bytes.clone();
    byte[] none = new byte[8];
    for (int at = 0; at + BLOCK <= archive.length; at += BLOCK) {
      int field = at + CHECKSUM;
      boolean empty = Arrays.equals(archive, at, at + BLOCK, new byte[BLOCK], 0, BLOCK);
      if (!empty && Arrays.equals(archive, field, field + 8, none, 0, 8)) {
        int sum = 8 * ' ';
        for (int i = at; i < at + BLOCK; i++) {
          sum += archive[i] & 0xff;
        }
        byte[] text =
            String.format("%06o", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, archive, field, 6);
        archive[field + 7] = ' ';
      }
    }
    return archive;
  }
}
