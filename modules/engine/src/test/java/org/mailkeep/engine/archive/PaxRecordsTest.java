package org.mailkeep.engine.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.RawText;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

class PaxRecordsTest {

  @Test
  void the_length_of_a_record_counts_its_own_digits() {
    PaxRecords records = new PaxRecords().put("mtime", "1350244992.023960108");
    // The example of tar(5).
    assertThat(records.encode()).isEqualTo("30 mtime=1350244992.023960108\n".getBytes(US_ASCII));
    byte[] nine = new PaxRecords().put("a", "1234").encode();
    assertThat(nine).isEqualTo("9 a=1234\n".getBytes(US_ASCII));
    byte[] eleven = new PaxRecords().put("a", "12345").encode();
    assertThat(eleven).isEqualTo("11 a=12345\n".getBytes(US_ASCII));
  }

  @Test
  void any_values_come_back_as_they_were() {
    Property.check(
        300,
        draw -> {
          Map<String, byte[]> values = new TreeMap<>();
          for (int left = draw.length(5); left >= 0; left--) {
            String key = RawText.decode(draw.bytes(draw.between(1, 30))).replace("=", "e");
            values.put(key, draw.bytes());
          }
          PaxRecords records = new PaxRecords();
          values.forEach(records::put);
          PaxRecords read = PaxRecords.decode(records.encode(), (_, _) -> {});
          values.forEach(
              (key, value) -> assertThat(read.get(key).orElse(new byte[0])).isEqualTo(value));
        });
  }

  @Test
  void broken_records_are_an_error_and_nothing_else() {
    byte[] valid =
        new PaxRecords().put("path", "a/long/path").put("SCHILY.xattr.user.x", "\n=7 ").encode();
    Mutations.mayOnlyThrow(
        MalformedException.class, valid, bytes -> PaxRecords.decode(bytes, (_, _) -> {}));
  }

  @Test
  void times_of_all_centuries_are_exact_to_the_nanosecond() {
    Property.check(
        500,
        draw -> {
          long seconds = draw.between(-(1L << 40), 1L << 40);
          int nanos = draw.pick(0, 1, 999_999_999, draw.between(0, 999_999_999));
          PaxTime time = new PaxTime(seconds, nanos);
          assertThat(PaxTime.of(time.text())).isEqualTo(time);
        });
    assertThat(new PaxTime(-2, 500_000_000).text()).isEqualTo("-1.5");
    assertThat(PaxTime.of("1.0000000019")).isEqualTo(new PaxTime(1, 1));
  }
}
