package org.mailkeep.repository.parity;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteWriter;

/** In this package, for nobody else reads parity. */
class ParityFuzzTest {

  private static final ObjectId PACK = new ObjectId(1, 2, 3, 4);

  /** Each is the length of its head without the checksum, that head, and the sectors. */
  static Stream<byte[]> parities() {
    return Stream.of(parity(1, 1), parity(40, 50), parity(3 * ParityLayout.SECTOR + 1, 40));
  }

  private static byte[] parity(int packLength, int percent) {
    ParityLayout layout = ParityLayout.of(packLength, percent);
    ParityEncoder encoder = new ParityEncoder(layout);
    encoder.add(new byte[packLength], 0, packLength);
    List<byte[]> parts = ParityFile.encode(PACK, layout, encoder);
    byte[] head = parts.getFirst();
    ByteWriter out = new ByteWriter().u8(head.length - 4).raw(Arrays.copyOf(head, head.length - 4));
    parts.subList(1, parts.size() - 1).forEach(out::raw);
    return out.toByteArray();
  }

  @MethodSource("parities")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_with_a_right_checksum_are_parity_that_can_be_looked_through_or_none(byte[] bytes) {
    ParityFile.decode(PACK, bytes).ifPresent(ParityFuzzTest::lookThrough);
    if (bytes.length > 0) {
      ParityFile.decode(PACK, summed(bytes)).ifPresent(ParityFuzzTest::lookThrough);
    }
  }

  private static byte[] summed(byte[] bytes) {
    int end = Math.min(bytes.length, 1 + (bytes[0] & 0xff));
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 1, end - 1);
    byte[] body = Arrays.copyOfRange(bytes, 1, end);
    byte[] head = new ByteWriter().raw(body).u32((int) checksum.getValue()).toByteArray();
    byte[] sectors = Arrays.copyOfRange(bytes, end, bytes.length);
    return new ByteWriter().raw(head).raw(sectors).raw(head).toByteArray();
  }

  private static void lookThrough(ParityFile parity) {
    ParityLayout layout = parity.layout();
    boolean allThere = true;
    for (int i = 0; i < layout.paritySectors(); i++) {
      allThere &= parity.parity(i).isPresent();
    }
    if (parity.isWhole() && !allThere) {
      throw new AssertionError("whole, though a sector is not");
    }
    byte[] sector = new byte[ParityLayout.SECTOR];
    for (int i = 0; i < layout.sectors(); i++) {
      // Whatever the answer: the sector is one of the pack.
      Object _ = parity.isRight(i, sector, 0);
    }
  }
}
