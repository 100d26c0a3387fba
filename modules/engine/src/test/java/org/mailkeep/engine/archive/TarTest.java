package org.mailkeep.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

class TarTest {

  private static final Metadata PLAIN = new Metadata(0644, 89, 89, 1_700_000_000L, 0, List.of());

  private static byte[] tar(Map<RawPath, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(out);
    for (Map.Entry<RawPath, byte[]> file : files.entrySet()) {
      writer.member(
          file.getKey(), PLAIN, new Body.RegularFile(file.getValue().length, Recipe.EMPTY));
      writer.content(file.getValue(), 0, file.getValue().length);
    }
    writer.finish();
    return out.toByteArray();
  }

  @Test
  void whatever_is_written_is_read_as_it_was() {
    Property.check(
        300,
        draw -> {
          RawPath path = path(draw);
          Metadata metadata = metadata(draw);
          byte[] content = draw.bytes();
          ByteString target = ByteString.of(("t" + "/t".repeat(draw.length(200))).getBytes(UTF_8));
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          TarWriter writer = new TarWriter(out);
          writer.member(path, metadata, new Body.RegularFile(content.length, Recipe.EMPTY));
          writer.content(content, 0, content.length);
          RawPath link = path.resolve(FileName.of("link"));
          writer.member(link, metadata, new Body.SymbolicLink(target));
          RawPath hard = path.resolve(FileName.of("hard"));
          writer.hardLink(hard, metadata, path);
          writer.finish();
          List<Members.Member> read = Members.read(out.toByteArray());
          assertThat(read).hasSize(3);
          assertThat(read.get(0).entry().path()).isEqualTo(path);
          assertThat(read.get(0).entry().metadata()).isEqualTo(metadata);
          assertThat(read.get(0).content()).isEqualTo(content);
          assertThat(read.get(1).entry().metadata()).isEqualTo(metadata);
          assertThat(read.get(1).entry().kind()).isEqualTo(new ArchiveEntry.SymbolicLink(target));
          assertThat(read.get(2).entry().kind()).isEqualTo(new ArchiveEntry.HardLink(path));
        });
  }

  private static RawPath path(Draw draw) {
    RawPath path = RawPath.ROOT;
    for (int left = draw.length(4); left >= 0; left--) {
      byte[] name = draw.bytes(draw.between(1, 250));
      for (int i = 0; i < name.length; i++) {
        name[i] = name[i] == '/' || name[i] == 0 || name[i] == '.' ? (byte) 'x' : name[i];
      }
      path = path.resolve(FileName.of(name));
    }
    return path;
  }

  private static Metadata metadata(Draw draw) {
    List<Attribute> attributes = new ArrayList<>();
    for (int left = draw.length(3); left > 0; left--) {
      ByteString name = ByteString.of("user." + draw.pick("a", "b=c", "%41", "é") + left);
      byte[] value = draw.bytes();
      if (value.length > 0) {
        attributes.add(new Attribute(name, ByteString.of(value)));
      }
    }
    attributes.sort(Comparator.comparing((Attribute a) -> FileName.of(a.name().bytes())));
    return new Metadata(
        draw.between(0, 07777),
        draw.pick(0, 89, 2_097_151, 2_097_152, -1),
        draw.pick(0, -2, 1_000_000_000),
        draw.between(-(1L << 36), 1L << 36),
        draw.pick(0, 1, 123_456_789, 999_999_999),
        attributes);
  }

  @Test
  void an_archive_that_is_cut_off_anywhere_is_refused() throws IOException {
    Map<RawPath, byte[]> files = new LinkedHashMap<>();
    files.put(RawPath.of("/a"), new byte[700]);
    files.put(RawPath.of("/" + "b".repeat(120)), new byte[] {1, 2, 3});
    byte[] whole = tar(files);
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    // From here on there are zeros, of which one block is an end.
    int necessary = (end + 511) / 512 * 512 + 512;
    for (int length = 0; length < necessary; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Members.read(part)).isInstanceOf(RefusedException.class);
    }
    assertThat(Members.read(Arrays.copyOf(whole, necessary))).hasSize(2);
  }

  @Test
  void a_damaged_archive_gives_an_error_or_other_content_and_nothing_else() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(out);
    Attribute attribute = new Attribute(ByteString.of("user.x"), ByteString.of("y"));
    Metadata metadata = new Metadata(0600, -5, 7, -3, 5, List.of(attribute));
    writer.member(RawPath.of("/dir/file"), metadata, new Body.RegularFile(3, Recipe.EMPTY));
    writer.content(new byte[] {1, 2, 3}, 0, 3);
    writer.finish();
    byte[] valid = Arrays.copyOf(out.toByteArray(), 3072);
    Mutations.mayOnlyThrow(RefusedException.class, valid, Members::read);
  }

  @Test
  void names_that_lead_out_are_refused_and_a_leading_slash_means_nothing() throws IOException {
    TarHeader header = TarHeader.empty();
    for (String hostile : List.of("../x", "a/../../x", "/../x", "a/..")) {
      byte[] archive = member(hostile);
      assertThatThrownBy(() -> Members.read(archive))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("is refused");
    }
    assertThat(Members.read(member("/etc/passwd")).getFirst().entry().path())
        .isEqualTo(RawPath.of("/etc/passwd"));
    assertThat(Members.read(member("./a//b/./c")).getFirst().entry().path())
        .isEqualTo(RawPath.of("/a/b/c"));
    assertThat(header.isSound()).isFalse();
  }

  /** An archive of one empty file of this name. */
  public static byte[] member(String name) throws IOException {
    TarHeader header = TarHeader.empty();
    header.setType('0');
    assertThat(header.setName(name.getBytes(UTF_8))).isTrue();
    assertThat(header.setMode(0644) && header.setUid(0) && header.setGid(0)).isTrue();
    assertThat(header.setSize(0) && header.setMtime(0)).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header.finish());
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  @Test
  void a_size_that_no_archive_holds_is_refused_before_anything_is_kept_for_it() throws IOException {
    TarHeader header = TarHeader.empty();
    header.setType('L');
    assertThat(header.setName("x".getBytes(UTF_8)) && header.setMode(0) && header.setUid(0))
        .isTrue();
    assertThat(header.setGid(0) && header.setMtime(0) && header.setSize((1L << 33) - 1)).isTrue();
    byte[] archive = Arrays.copyOf(header.finish(), 2048);
    assertThatThrownBy(() -> Members.read(archive))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a name of");
  }

  @Test
  void more_than_is_allowed_does_not_come_out() throws IOException {
    byte[] archive = tar(Map.of(RawPath.of("/a"), new byte[100_000]));
    assertThatThrownBy(
            () -> {
              try (ArchiveReader reader =
                  Archives.open(
                      new java.io.ByteArrayInputStream(archive),
                      "bomb",
                      50_000,
                      Members.SILENT,
                      new org.mailkeep.unix.Accounts())) {
                Object _ = reader.next();
                Object _ = reader.next();
              }
            })
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--max-size");
  }
}
