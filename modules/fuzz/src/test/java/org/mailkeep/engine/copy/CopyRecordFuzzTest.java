package org.mailkeep.engine.copy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.fuzz.Decoding;

/** In this package, for nobody else reads these files of the host state. */
class CopyRecordFuzzTest {

  private static final FullKeys KEYS = FullKeys.generate(new SecureRandom());
  private static final int CODE = 32;

  static Stream<byte[]> records() {
    Instant time = Instant.parse("2026-11-20T14:00:00Z");
    return Stream.of(
            new CopyRecord("/mnt/usb/mail", time, 0, Map.of()),
            new CopyRecord("sftp://u@h/mail", time, 3, Map.of(new SourceName("mx", "/home"), time)))
        .map(record -> record.encode(KEYS))
        .map(bytes -> Arrays.copyOf(bytes, bytes.length - CODE));
  }

  /** Whoever has the keys could have written it: no fuzzer would guess a code. */
  @MethodSource("records")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_with_a_right_code_are_a_record_or_malformed(byte[] bytes) {
    byte[] code = KEYS.mac(Purpose.STATE, bytes);
    byte[] record = Arrays.copyOf(bytes, bytes.length + CODE);
    System.arraycopy(code, 0, record, bytes.length, CODE);
    Decoding.roundTrips(record, b -> CopyRecord.decode(b, KEYS), value -> value.encode(KEYS));
  }
}
