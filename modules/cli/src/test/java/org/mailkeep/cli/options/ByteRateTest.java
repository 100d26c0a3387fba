package org.mailkeep.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class ByteRateTest {

  @ParameterizedTest
  @CsvSource({
    "500K, 512000",
    "2M, 2097152",
    "2m, 2097152",
    "1.5MiB/s, 1572864",
    "1G, 1073741824",
    "4096, 4096",
    "1K, 1024",
    "999999999G, 1073741822926258176"
  })
  void rates_are_read_as_people_write_them(String text, long bytes) {
    assertThat(ByteRate.parse(text).bytesPerSecond()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fast", "-1M", "1T", "2 M B", "1e6", "0", "500", "0.5K", "9999999999"})
  void what_is_no_rate_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> ByteRate.parse(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("500K");
  }
}
