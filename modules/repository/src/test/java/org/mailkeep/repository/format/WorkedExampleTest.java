package org.mailkeep.repository.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.storage.LocalStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;

/**
 * Section 13 of {@code repo-format.md}. If the code gives other bytes than the document,
 * repositories that exist can no longer be read, or not by older programs: the answer is a new
 * version, never new bytes in the document.
 */
final class WorkedExampleTest {

  private final FormatDocument document = new FormatDocument();
  private @TempDir Path folder;
  private Example example;

  @BeforeEach
  void make() {
    example = new Example(folder.resolve("made"));
  }

  @Test
  void every_object_is_written_as_the_document_says() {
    Map<String, String> made = new LinkedHashMap<>();
    example
        .storage()
        .list(
            ObjectFolder.ROOT,
            found -> made.put(found.name().toString(), hex(example.storage().get(found.name()))));
    Map<String, String> documented = new LinkedHashMap<>();
    documented().forEach((name, bytes) -> documented.put(name, hex(bytes)));
    assertThat(made).containsExactlyInAnyOrderEntriesOf(documented);
  }

  @Test
  void what_is_sealed_is_encoded_as_the_document_says() {
    assertThat(example.keyFile().text()).isEqualTo(document.text("Key file"));
    assertDocumented("The key set", example.keys().encode());
    assertDocumented("The chunk TRACE", ascii(Example.TRACE));
    assertDocumented("The node of cur", example.nodes().get(0).bytes().orElseThrow());
    assertDocumented("The node of new", example.nodes().get(1).bytes().orElseThrow());
    assertDocumented(
        "The node of the root directory", example.nodes().get(2).bytes().orElseThrow());
    assertDocumented("The table of the pack", example.table());
    assertDocumented("The content of the index segment", example.segment());
    assertDocumented("The manifest", example.manifestBytes());
    assertThat(example.pack().blocks()).allMatch(block -> block.codec() == Codec.RAW);
  }

  @Test
  void the_code_opens_the_documented_repository_and_reads_the_message() {
    LocalStorage storage = LocalStorage.create(folder.resolve("read"));
    documented()
        .forEach((name, bytes) -> storage.put(ObjectName.of(name), ObjectContent.of(bytes)));
    try (Repository repository = Repository.open(storage, this::unlock);
        StateDatabase state = StateDatabase.open(folder.resolve("state"))) {
      LocalIndex index = repository.index(state);
      assertThat(repository.sync(index).pull().damaged()).isEmpty();
      ChunkReader chunks = repository.reader(index, 1 << 20);
      List<Snapshot> snapshots = repository.snapshots().list(WorkedExampleTest::fail);
      assertThat(snapshots).hasSize(1);
      Entry root = snapshots.getFirst().manifest().root();
      Entry cur = find(chunks, root, "cur");
      assertThat(bytes(chunks, find(chunks, cur, Example.MESSAGE_NAME)))
          .isEqualTo(ascii(document.text("The message")));
      chunks.close();
    }
  }

  @Test
  void a_reader_made_from_the_document_alone_reads_the_message() throws GeneralSecurityException {
    SecondReader reader = new SecondReader(documented(), document.text("Key file"));
    assertThat(reader.file("cur", Example.MESSAGE_NAME))
        .isEqualTo(ascii(document.text("The message")))
        .isEqualTo(Example.message());
  }

  @Test
  void keys_are_derived_as_the_document_says() throws GeneralSecurityException {
    SecondReader reader = new SecondReader(documented(), document.text("Key file"));
    assertThat(reader.file("cur", Example.MESSAGE_NAME)).isNotEmpty();
    long[] gears = example.keys().gearTable();
    ByteWriter derived = new ByteWriter();
    for (String use : SecondReader.DERIVED) {
      derived.raw(HexFormat.of().parseHex(reader.derived(use)));
    }
    derived.u64(gears[0]).u64(gears[255]);
    assertDocumented("Derived keys", derived.toByteArray());
  }

  private void assertDocumented(String heading, byte[] bytes) {
    assertThat(hex(bytes)).as(heading).isEqualTo(hex(document.hex(heading)));
  }

  /** The documented objects by name. */
  private Map<String, byte[]> documented() {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    document
        .text("Object names")
        .lines()
        .forEach(
            name -> {
              int slash = name.indexOf('/');
              String place = slash < 0 ? name : "in " + name.substring(0, slash);
              objects.put(name, document.hex("The object " + place));
            });
    return objects;
  }

  private KeySet unlock(KeySlots slots) {
    KeyFile file = KeyFile.parse(document.text("Key file"));
    return KeySlots.open(slots.list(WorkedExampleTest::fail), SlotKind.KEY_FILE, file)
        .orElseThrow()
        .keys();
  }

  private static void fail(RuntimeException damage) {
    throw damage;
  }

  private static Entry find(ChunkReader chunks, Entry directory, String name) {
    Body.Directory body = (Body.Directory) directory.body();
    return new TreeReader(chunks).find(body.root(), FileName.of(name)).orElseThrow();
  }

  private static byte[] bytes(ChunkReader chunks, Entry file) {
    Body.RegularFile body = (Body.RegularFile) file.body();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Segment segment : ((Recipe.Direct) body.recipe()).segments()) {
      switch (segment) {
        case Segment.Literal literal -> out.writeBytes(chunks.read(literal.chunk().id()));
        case Segment.Hole _ -> throw new IllegalStateException("the message has no hole");
        case Segment.Base64 base64 -> out.writeBytes(text(chunks, base64));
      }
    }
    assertThat((long) out.size()).isEqualTo(body.size());
    return out.toByteArray();
  }

  private static byte[] text(ChunkReader chunks, Segment.Base64 base64) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    for (ChunkRef chunk : base64.chunks()) {
      decoded.writeBytes(chunks.read(chunk.id()));
    }
    byte[] lines =
        Base64.getMimeEncoder(base64.layout().lineLength(), new byte[] {'\n'})
            .encode(decoded.toByteArray());
    return SecondCrypto.join(lines, new byte[] {'\n'});
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
