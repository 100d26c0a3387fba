package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.model.Sample;
import org.mailkeep.model.content.RecipeCodec;

class RecipeFuzzTest {

  static Stream<byte[]> recipes() {
    return Seeds.of(draw -> RecipeCodec.encode(Sample.recipe(draw)));
  }

  @MethodSource("recipes")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_bytes_are_a_recipe_or_malformed(byte[] bytes) {
    Decoding.roundTrips(bytes, RecipeCodec::decode, RecipeCodec::encode);
  }
}
