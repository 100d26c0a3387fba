package org.mailkeep.repository.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeBoundary;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.block.Compression;

/** What {@code repo-format.md} shows beside the repository of its worked example. */
final class FormatSamplesTest {

  private final FormatDocument document = new FormatDocument();

  @Test
  void a_leaf_of_all_types_is_encoded_as_the_document_says() {
    assertNode("A leaf of all types", Samples.leaf());
  }

  @Test
  void a_branch_is_encoded_as_the_document_says() {
    assertNode("A branch", Samples.branch());
  }

  private void assertNode(String heading, Node node) {
    assertThat(NodeCodec.encode(node)).isEqualTo(document.hex(heading));
    assertThat(NodeCodec.decode(document.hex(heading))).isEqualTo(node);
  }

  @Test
  void the_documented_delta_opens_with_the_documented_base() {
    byte[] base = document.text("A delta").strip().getBytes(StandardCharsets.US_ASCII);
    assertThat(base).isEqualTo(Samples.DELTA_BASE);
    byte[] frame = document.hex("A delta");
    try (Compression compression = new Compression(Compression.DEFAULT_LEVEL)) {
      assertThat(
              compression.decompress(
                  Codec.ZSTD_DELTA, frame, Samples.DELTA_PLAIN.length, Samples.DELTA_BASE))
          .isEqualTo(Samples.DELTA_PLAIN);
    }
  }

  @Test
  void nodes_end_after_the_names_that_the_document_gives() {
    int rows = 0;
    for (String row : document.tableRows("Where nodes end")) {
      String[] cells = row.split("\\|", -1);
      FileName name = FileName.of(cells[1].strip().replace("`", ""));
      boolean ends = cells[3].strip().equals("0");
      assertThat(NodeBoundary.after(name, NodeBoundary.MIN, 0)).as(row).isEqualTo(ends);
      assertThat(NodeBoundary.after(name, NodeBoundary.MIN - 1, 0)).as(row).isFalse();
      rows++;
    }
    assertThat(rows).isEqualTo(3);
  }
}
