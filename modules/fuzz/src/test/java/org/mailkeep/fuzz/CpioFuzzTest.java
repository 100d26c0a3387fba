package org.mailkeep.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.testkit.property.Draw;

class CpioFuzzTest {

  static Stream<byte[]> archives() {
    return Stream.concat(Seeds.of(CpioFuzzTest::newc), Seeds.of(CpioFuzzTest::odc));
  }

  private static byte[] newc(Draw draw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String content = "c".repeat(draw.between(0, 9));
    newc(out, draw.pick("070701", "070702"), 0100644, "file", content);
    newc(out, "070701", 0120777, "link", "target");
    newc(out, "070701", 0, "TRAILER!!!", "");
    return out.toByteArray();
  }

  private static void newc(
      ByteArrayOutputStream out, String magic, int mode, String name, String content) {
    int sum = magic.endsWith("2") ? content.length() * 'c' : 0;
    String header =
        "%s%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X"
            .formatted(
                magic, 1, mode, 0, 0, 2, 5, content.length(), 0, 0, 0, 0, name.length() + 1, sum);
    pad(out, header + name + "\0");
    pad(out, content);
  }

  private static void pad(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\0".repeat(-text.length() & 3)).getBytes(US_ASCII));
  }

  private static byte[] odc(Draw draw) {
    String content = "c".repeat(draw.between(0, 9));
    return (odc(0100644, "file", content) + odc(0, "TRAILER!!!", "")).getBytes(US_ASCII);
  }

  private static String odc(int mode, String name, String content) {
    return "070707%06o%06o%06o%06o%06o%06o%06o%011o%06o%011o"
            .formatted(0, 1, mode, 0, 0, 1, 0, 5, name.length() + 1, content.length())
        + name
        + "\0"
        + content;
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_cpio_or_refused(byte[] bytes) {
    ArchiveReading.readOrRefuse(bytes);
  }
}
