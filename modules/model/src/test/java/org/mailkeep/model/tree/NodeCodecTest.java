package org.mailkeep.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.Sample;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class NodeCodecTest {

  private static final Metadata PLAIN = new Metadata(0600, 89, 89, 1, 0, List.of());

  @Test
  void any_node_comes_back_equal_and_equal_nodes_have_equal_bytes() {
    Property.check(
        400,
        draw -> {
          Node node = Sample.node(draw, 300);
          byte[] bytes = NodeCodec.encode(node);
          Node again = NodeCodec.decode(bytes);
          assertThat(again).isEqualTo(node);
          assertThat(NodeCodec.encode(again)).isEqualTo(bytes);
        });
  }

  @Test
  void a_leaf_is_worth_decoding_for_a_directory_or_a_name() {
    Property.check(
        400,
        draw -> {
          Node node = Sample.node(draw, 50);
          byte[] bytes = NodeCodec.encode(node);
          switch (node) {
            case Node.Branch _ -> assertTrue(NodeCodec.isWorthDecoding(bytes, (_, _) -> false));
            case Node.Leaf leaf -> {
              boolean directory =
                  leaf.entries().stream().anyMatch(e -> e.body() instanceof Body.Directory);
              assertEquals(directory, NodeCodec.isWorthDecoding(bytes, (_, _) -> false));
              List<FileName> seen = new ArrayList<>();
              boolean worth =
                  NodeCodec.isWorthDecoding(
                      bytes, (buffer, length) -> !seen.add(FileName.of(buffer, 0, length)));
              assertEquals(directory, worth);
              assertThat(seen).isEqualTo(leaf.entries().stream().map(Entry::name).toList());
              leaf.entries().stream()
                  .map(Entry::name)
                  .forEach(
                      name ->
                          assertTrue(
                              NodeCodec.isWorthDecoding(
                                  bytes,
                                  (buffer, length) ->
                                      FileName.of(buffer, 0, length).equals(name))));
            }
          }
        });
  }

  @Test
  void the_columns_of_a_leaf_stand_one_after_the_other() {
    Recipe recipe =
        new Recipe.Direct(
            List.of(new Segment.Literal(new ChunkRef(new ChunkId(0x0a, 0x0b, 0x0c), 300))));
    List<Attribute> attributes =
        List.of(new Attribute(ByteString.of("user.x"), ByteString.of("y")));
    Metadata other = new Metadata(07777, -1, 0, -1, 999_999_999, attributes);
    List<Entry> entries =
        List.of(
            new Entry(FileName.of("ab"), PLAIN, new Body.RegularFile(300, recipe), 0),
            new Entry(FileName.of("ac"), other, new Body.Device(true, 8, 1), 0x1234),
            new Entry(FileName.of("b"), PLAIN, new Body.SymbolicLink(ByteString.of("t")), 0));
    assertThat(HexFormat.of().formatHex(NodeCodec.encode(new Node.Leaf(entries))))
        .isEqualTo(
            "00" // a leaf
                + "03"
                + "0002"
                + "0101"
                + "0001"
                + "6162"
                + "63"
                + "62" // names
                + "01"
                + "38"
                + "04" // types
                + "02"
                + "80035959"
                + "ff1fffffffff0f00"
                + "000100" // owners
                + "02"
                + "03"
                + "04"
                + "00"
                + "ff93ebdc03"
                + "00" // times
                + "01"
                + "01"
                + "06757365722e78"
                + "0179"
                + "00" // attributes
                + "ac02"
                + "0001"
                + "00ac02"
                + "0801"
                + "0174" // bodies
                + "0000000000001234" // link group
                + "000000000000000a"
                + "000000000000000b"
                + "000000000000000c");
  }

  @Test
  void a_branch_has_names_and_then_ids() {
    Node node =
        new Node.Branch(
            2,
            List.of(
                new Node.Child(FileName.of("ab"), new ChunkId(1, 1, 1)),
                new Node.Child(FileName.of("abc"), new ChunkId(2, 2, 2))));
    assertThat(HexFormat.of().formatHex(NodeCodec.encode(node)))
        .isEqualTo(
            "02"
                + "02"
                + "0002"
                + "0201"
                + "616263"
                + "0000000000000001".repeat(3)
                + "0000000000000002".repeat(3));
  }

  @Test
  void an_empty_directory_is_a_leaf_of_nothing() {
    byte[] bytes = NodeCodec.encode(new Node.Leaf(List.of()));
    assertThat(NodeCodec.decode(bytes)).isEqualTo(new Node.Leaf(List.of()));
  }

  @Test
  void damaged_bytes_are_malformed_or_another_node_that_a_directory_can_have() {
    Property.check(
        25,
        draw ->
            Mutations.mayOnlyThrow(
                MalformedException.class,
                NodeCodec.encode(Sample.node(draw, 20)),
                NodeCodecTest::decodeSound));
  }

  @Test
  void any_bytes_are_malformed_or_a_node_that_a_directory_can_have() {
    Property.check(
        5000,
        draw -> {
          byte[] bytes = draw.bytes(draw.length(200));
          if (bytes.length > 0) {
            bytes[0] = (byte) draw.between(0, 2);
          }
          try {
            decodeSound(bytes);
          } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotEmpty();
          }
        });
  }

  /** Whatever was decoded has sound names in order and survives its own encoding. */
  private static Object decodeSound(byte[] bytes) {
    Node node = NodeCodec.decode(bytes);
    List<FileName> names =
        switch (node) {
          case Node.Leaf leaf -> leaf.entries().stream().map(Entry::name).toList();
          case Node.Branch branch -> branch.children().stream().map(Node.Child::first).toList();
        };
    for (int i = 0; i < names.size(); i++) {
      assertTrue(names.get(i).isComponent());
      assertTrue(i == 0 || names.get(i - 1).compareTo(names.get(i)) < 0);
    }
    assertEquals(node, NodeCodec.decode(NodeCodec.encode(node)));
    return node;
  }

  @Test
  void a_name_with_a_slash_or_of_dots_alone_is_never_read() {
    for (String name : List.of(".", "..", "a/b", "/", "\0", "")) {
      byte[] bytes = leafOf(name.length());
      byte[] text = FileName.of(name).bytes();
      System.arraycopy(text, 0, bytes, 4, text.length);
      assertThatThrownBy(() -> NodeCodec.decode(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  /** A leaf of one FIFO whose name has so many bytes, from byte 4 on. */
  private static byte[] leafOf(int nameLength) {
    Entry entry = new Entry(FileName.of("x".repeat(5)), PLAIN, new Body.Fifo(), 0);
    byte[] five = NodeCodec.encode(new Node.Leaf(List.of(entry)));
    assertThat(NodeCodec.decode(five)).isInstanceOf(Node.Leaf.class);
    byte[] bytes = new byte[five.length - 5 + nameLength];
    System.arraycopy(five, 0, bytes, 0, 4);
    System.arraycopy(five, 9, bytes, 4 + nameLength, five.length - 9);
    bytes[3] = (byte) nameLength;
    return bytes;
  }

  @Test
  void names_out_of_order_or_twice_are_malformed() {
    for (List<String> names : List.of(List.of("b", "a"), List.of("a", "a"))) {
      List<Entry> entries = new ArrayList<>();
      names.forEach(n -> entries.add(new Entry(FileName.of(n), PLAIN, new Body.Fifo(), 0)));
      byte[] bytes = NodeCodec.encode(new Node.Leaf(entries));
      assertThatThrownBy(() -> NodeCodec.decode(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void a_flag_that_is_not_known_yet_is_malformed() {
    Entry entry = new Entry(FileName.of("x"), PLAIN, new Body.Fifo(), 0);
    byte[] bytes = NodeCodec.encode(new Node.Leaf(List.of(entry)));
    int type = 5;
    assertThat(bytes[type]).isEqualTo((byte) 5);
    for (int flag : new int[] {0x40, 0x80}) {
      byte[] changed = bytes.clone();
      changed[type] |= (byte) flag;
      assertThatThrownBy(() -> NodeCodec.decode(changed)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void as_many_attributes_as_linux_lists_come_back() {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < 8000; i++) {
      attributes.add(new Attribute(ByteString.of("user." + i), ByteString.of("")));
    }
    attributes.add(new Attribute(ByteString.of("z"), ByteString.of(new byte[Attribute.MAX_VALUE])));
    Metadata metadata = new Metadata(0, 0, 0, 0, 0, attributes);
    Node node = new Node.Leaf(List.of(new Entry(FileName.of("x"), metadata, new Body.Fifo(), 0)));
    assertThat(NodeCodec.decode(NodeCodec.encode(node))).isEqualTo(node);
  }

  @Test
  void entries_tell_the_files_and_bytes_of_their_subtree() {
    Entry fifo = new Entry(FileName.of("x"), PLAIN, new Body.Fifo(), 0);
    Body directory = new Body.Directory(new ChunkId(1, 2, 3), 7, 4711, false);
    Body file = new Body.RegularFile(12, Recipe.EMPTY);
    assertThat(fifo.files()).isEqualTo(1);
    assertThat(fifo.size()).isZero();
    assertThat(new Entry(FileName.of("x"), PLAIN, directory, 0).files()).isEqualTo(7);
    assertThat(new Entry(FileName.of("x"), PLAIN, directory, 0).size()).isEqualTo(4711);
    assertThat(new Entry(FileName.of("x"), PLAIN, file, 0).size()).isEqualTo(12);
  }

  @Test
  void an_entry_cannot_have_a_path_for_a_name_nor_a_mode_of_more_than_twelve_bits() {
    assertThatThrownBy(() -> new Entry(FileName.of("a/b"), PLAIN, new Body.Fifo(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Metadata(010000, 0, 0, 0, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Metadata(0, 0, 0, 0, 1_000_000_000, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
