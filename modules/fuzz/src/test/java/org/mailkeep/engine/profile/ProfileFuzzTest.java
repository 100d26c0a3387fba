package org.mailkeep.engine.profile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.error.UsageException;

/** In this package, for only files of a folder can be read from outside. */
class ProfileFuzzTest {

  static Stream<byte[]> profiles() {
    Profiles shipped = Profiles.with(Path.of("/nonexistent"));
    return shipped.names().stream()
        .map(name -> shipped.toml(name).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("profiles")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_text_is_a_profile_or_a_mistake_of_the_users(byte[] bytes) {
    try {
      Profile profile =
          ProfileFile.read("fuzz", "fuzz.toml", new String(bytes, StandardCharsets.UTF_8));
      if (profile.parts().isEmpty()) {
        throw new AssertionError("a profile of nothing");
      }
    } catch (UsageException refused) {
      // This is what a person reads.
    }
  }
}
