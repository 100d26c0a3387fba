package org.mailkeep.model.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Sample;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

final class ManifestCodecTest {

  private static final Metadata PLAIN = new Metadata(0755, 0, 0, 0, 0, List.of());
  private static final Entry ROOT =
      new Entry(
          FileName.of(Manifest.ROOT_NAME),
          PLAIN,
          new Body.Directory(new ChunkId(1, 2, 3), 1, 2, false),
          0);

  @Test
  void any_manifest_comes_back_equal_and_has_the_same_bytes_again() {
    Property.check(
        300,
        draw -> {
          Manifest manifest = Sample.manifest(draw);
          byte[] bytes = ManifestCodec.encode(manifest);
          Manifest again = ManifestCodec.decode(bytes);
          assertThat(again).isEqualTo(manifest);
          assertThat(ManifestCodec.encode(again)).isEqualTo(bytes);
        });
  }

  @Test
  void long_texts_and_paths_come_back() {
    String text = "x".repeat(100_000);
    RawPath path = RawPath.of("/" + "d/".repeat(1 << 20));
    Manifest manifest =
        new Manifest(
            Instant.EPOCH,
            Instant.EPOCH,
            text,
            List.of(path),
            List.of(new Manifest.Profile(text, List.of(path))),
            List.of(text),
            ROOT,
            Optional.empty(),
            Map.of(1, text),
            Map.of(-1, text),
            new AccountFacts(
                List.of(new UserAccount(text, -1, -2, text, text, text)),
                List.of(new GroupAccount(text, -1, List.of(text, text)))),
            List.of(new Manifest.LeftOut(text, 1, List.of(path))),
            new Manifest.Unreadable(1, List.of(new Manifest.Failure(path, text))),
            new Manifest.Counts(0, 0, 0, 0, 0),
            List.of(text),
            text);
    assertThat(ManifestCodec.decode(ManifestCodec.encode(manifest))).isEqualTo(manifest);
    assertThat(manifest.isIncomplete()).isTrue();
  }

  @Test
  void damaged_bytes_are_malformed_or_another_manifest_or_one_with_unknown_fields() {
    Property.check(
        4,
        draw ->
            Mutations.mayOnlyThrow(
                MalformedException.class,
                ManifestCodec.encode(Sample.manifest(draw)),
                ManifestCodecTest::decodeSound));
  }

  private static Object decodeSound(byte[] bytes) {
    try {
      Manifest manifest = ManifestCodec.decode(bytes);
      assertEquals(manifest, ManifestCodec.decode(ManifestCodec.encode(manifest)));
      return manifest;
    } catch (TaggedFields.UnknownFieldException e) {
      return e;
    }
  }

  @Test
  void what_a_newer_program_adds_is_skipped_if_its_tag_is_even() {
    byte[] known = new Fields().toByteArray();
    byte[] more = new ByteWriter().raw(known).varint(1000).string("new").toByteArray();
    assertThat(ManifestCodec.decode(more)).isEqualTo(ManifestCodec.decode(known));
  }

  @Test
  void what_a_newer_program_adds_is_refused_if_its_tag_is_odd() {
    byte[] known = new Fields().toByteArray();
    byte[] more = new ByteWriter().raw(known).varint(1001).string("new").toByteArray();
    assertThatThrownBy(() -> ManifestCodec.decode(more))
        .isInstanceOf(TaggedFields.UnknownFieldException.class);
  }

  @Test
  void a_second_time_root_or_host_is_malformed() {
    byte[] known = new Fields().toByteArray();
    byte[] twice = new ByteWriter().raw(known).raw(known).toByteArray();
    assertThatThrownBy(() -> ManifestCodec.decode(twice))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void a_snapshot_of_an_earlier_version_knows_no_accounts() {
    assertThat(ManifestCodec.decode(new Fields().toByteArray()).accounts())
        .isEqualTo(AccountFacts.NONE);
  }

  @Test
  void a_home_in_another_charset_comes_back_byte_for_byte() {
    byte[] home = {'/', 'h', (byte) 0xe9, '/', (byte) 0xff};
    Fields fields = new Fields();
    fields.out.field(
        28, w -> w.varint(89).varint(90).string("v").string("").bytes(home).string("/bin/true"));
    UserAccount user = ManifestCodec.decode(fields.toByteArray()).accounts().users().getFirst();
    assertThat(RawText.encode(user.home())).isEqualTo(home);
    assertThat(user).isEqualTo(new UserAccount("v", 89, 90, "", RawText.decode(home), "/bin/true"));
  }

  @Test
  void an_account_with_a_number_of_more_than_32_bits_or_with_missing_members_is_malformed() {
    Fields user = new Fields();
    user.out.field(
        28, w -> w.varint(1L << 32).varint(0).string("v").string("").string("/").string(""));
    assertMalformed(user);
    Fields group = new Fields();
    group.out.field(30, w -> w.varint(89).string("vchkpw").varint(Integer.MAX_VALUE));
    assertMalformed(group);
  }

  @Test
  void a_user_number_of_more_than_32_bits_or_given_twice_is_malformed() {
    for (int tag : new int[] {12, 14}) {
      Fields large = new Fields();
      large.out.field(tag, w -> w.varint(1L << 32).string("root"));
      assertMalformed(large);
      Fields twice = new Fields();
      twice.out.field(tag, w -> w.varint(7).string("a"));
      twice.out.field(tag, w -> w.varint(7).string("b"));
      assertMalformed(twice);
    }
  }

  @Test
  void a_root_that_is_no_directory_is_malformed() {
    Entry fifo = new Entry(FileName.of("root"), PLAIN, new Body.Fifo(), 0);
    for (Node node :
        List.of(
            new Node.Leaf(List.of(fifo)),
            new Node.Leaf(List.of()),
            new Node.Branch(1, List.of(new Node.Child(FileName.of("a"), new ChunkId(1, 1, 1)))))) {
      assertMalformed(new Fields(NodeCodec.encode(node)));
    }
  }

  @Test
  void a_time_that_no_calendar_has_is_malformed() {
    Fields fields = new Fields();
    fields.time = w -> w.signedVarint(Long.MAX_VALUE).varint(0);
    assertMalformed(fields);
    fields.time = w -> w.signedVarint(0).varint(1_000_000_000);
    assertMalformed(fields);
  }

  private static void assertMalformed(Fields fields) {
    assertThatThrownBy(() -> ManifestCodec.decode(fields.toByteArray()))
        .isInstanceOf(MalformedException.class);
  }

  /** The fields that must be there, and others. */
  private static final class Fields {
    final TaggedFields.Writer out = new TaggedFields.Writer();
    TaggedFields.Content time = w -> w.signedVarint(0).varint(0);
    private final byte[] root;

    Fields() {
      this(NodeCodec.encode(new Node.Leaf(List.of(ROOT))));
    }

    Fields(byte[] root) {
      this.root = root;
    }

    byte[] toByteArray() {
      byte[] others = out.toByteArray();
      byte[] required =
          new TaggedFields.Writer()
              .field(1, time)
              .field(2, w -> w.signedVarint(0).varint(0))
              .field(3, w -> w.raw(root))
              .text(4, "host")
              .field(18, w -> w.varint(0))
              .field(22, w -> w.varint(0).varint(0).varint(0).varint(0).varint(0))
              .text(26, "program")
              .toByteArray();
      return new ByteWriter().raw(required).raw(others).toByteArray();
    }
  }
}
