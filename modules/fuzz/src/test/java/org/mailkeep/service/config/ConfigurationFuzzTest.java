package org.mailkeep.service.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.error.UsageException;

/** In this package, for only a file can be read from outside. */
class ConfigurationFuzzTest {

  static Stream<byte[]> configurations() {
    return Stream.of(
        Sample.text().getBytes(StandardCharsets.UTF_8),
        Sample.text().replaceAll("(?m)^#(?=[a-z\\[])", "").getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("configurations")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_text_is_a_configuration_or_has_mistakes_that_are_told(byte[] bytes) {
    Settings settings =
        Settings.parse(new String(bytes, StandardCharsets.UTF_8), Map.of(), Map.of());
    boolean right = settings.mistakes().isEmpty();
    try {
      Configuration _ = Configuration.of(settings);
      if (!right) {
        throw new AssertionError("a mistake was told and nobody minds");
      }
    } catch (UsageException refused) {
      if (right) {
        throw new AssertionError("no mistake was told", refused);
      }
    }
  }
}
