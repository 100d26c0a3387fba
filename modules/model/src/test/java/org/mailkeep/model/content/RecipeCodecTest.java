package org.mailkeep.model.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.Sample;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class RecipeCodecTest {

  private static final ChunkId ONE = new ChunkId(1, 1, 1);
  private static final ChunkId TWO = new ChunkId(2, 2, 2);

  @Test
  void any_recipe_comes_back_equal() {
    Property.check(
        500,
        draw -> {
          Recipe recipe = Sample.recipe(draw);
          assertThat(RecipeCodec.decode(RecipeCodec.encode(recipe))).isEqualTo(recipe);
        });
  }

  @Test
  void the_shape_comes_first_and_the_ids_last() {
    Recipe recipe =
        new Recipe.Direct(
            List.of(
                new Segment.Literal(new ChunkRef(ONE, 300)),
                new Segment.Hole(4096),
                new Segment.Base64(
                    new Base64Layout(76, LineEnd.CRLF, true), List.of(new ChunkRef(TWO, 57)))));
    assertThat(HexFormat.of().formatHex(RecipeCodec.encode(recipe)))
        .isEqualTo(
            "0003"
                + "00ac02"
                + "018020"
                + "07130139"
                + "0000000000000001".repeat(3)
                + "0000000000000002".repeat(3));
  }

  @Test
  void an_empty_file_takes_two_bytes() {
    assertThat(RecipeCodec.encode(Recipe.EMPTY)).containsExactly(0, 0);
  }

  @Test
  void recipes_can_stand_one_after_the_other_with_their_ids_apart() {
    Property.check(
        100,
        draw -> {
          List<Recipe> recipes = draw.list(Sample::recipe).stream().limit(20).toList();
          ByteWriter shapes = new ByteWriter();
          ByteWriter ids = new ByteWriter();
          recipes.forEach(recipe -> RecipeCodec.write(recipe, shapes, ids));
          ByteReader shapesIn = new ByteReader(shapes.toByteArray());
          ByteReader idsIn = new ByteReader(ids.toByteArray());
          for (Recipe recipe : recipes) {
            assertThat(RecipeCodec.readShape(shapesIn).fill(idsIn)).isEqualTo(recipe);
          }
          shapesIn.end();
          idsIn.end();
        });
  }

  @Test
  void damaged_bytes_are_malformed_or_the_canonical_bytes_of_another_recipe() {
    Property.check(
        40,
        draw ->
            Mutations.mayOnlyThrow(
                MalformedException.class,
                RecipeCodec.encode(Sample.recipe(draw)),
                RecipeCodecTest::decodeCanonical));
  }

  @Test
  void any_bytes_are_malformed_or_the_canonical_bytes_of_a_recipe() {
    Property.check(
        3000,
        draw -> {
          try {
            decodeCanonical(draw.bytes(draw.length(80)));
          } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotEmpty();
          }
        });
  }

  private static Object decodeCanonical(byte[] bytes) {
    Recipe recipe = RecipeCodec.decode(bytes);
    assertThat(RecipeCodec.encode(recipe)).isEqualTo(bytes);
    return recipe;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "00", // no count
        "0700", // deeper than any recipe
        "0100", // an indirect recipe of nothing
        "01010101", // an indirect recipe of a hole
        "00010000", // an empty chunk
        "00010081808008", // a chunk longer than any
        "00010100", // a hole of no length
        "000101ffffffffffffffffff01", // a hole of 2^64 - 1 bytes
        "00010201", // an unknown segment
        "00010801", // another
        "000104000101", // base64 lines of no length
        "000104fa0101", // base64 lines longer than any
        "0001041300", // base64 of nothing
        "00ffffffff0f", // 2^32 - 1 segments
        "00010413ffffff7f" // base64 of 2^28 chunks
      })
  void what_no_file_can_be_made_of_is_malformed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> RecipeCodec.decode(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void ids_that_are_missing_or_too_many_are_malformed() {
    Recipe recipe = new Recipe.Direct(List.of(new Segment.Literal(new ChunkRef(ONE, 5))));
    byte[] bytes = RecipeCodec.encode(recipe);
    byte[] more = new ByteWriter().raw(bytes).raw(ONE.bytes()).toByteArray();
    byte[] less = Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(() -> RecipeCodec.decode(more)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RecipeCodec.decode(less)).isInstanceOf(MalformedException.class);
  }
}
