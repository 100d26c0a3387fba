package org.mailkeep.repository.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.LineEnd;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.snapshot.ManifestCodec;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.IndexSegments;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.BlockTableCodec;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;
import org.mailkeep.repository.tree.TreeWriter;
import org.mailkeep.storage.LocalStorage;

/** Makes the repository of the worked example with the code that makes all repositories. */
final class Example {

  static final String TRACE = "Return-Path: <ada@example.org>\nDelivered-To: bob@mx.test\n";
  static final String HEADER =
      "Subject: 1+1\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n";
  static final String BODY = "Dear Bob, one and one is two; more is hard to say. Yours, Ada\n";
  static final String MESSAGE_NAME = "1796090401.M5P9.mx:2,S";

  private static final Instant CREATED = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant BEGUN = Instant.parse("2026-12-01T03:00:00.5Z");
  private static final Instant FINISHED = Instant.parse("2026-12-01T03:00:02Z");

  private final LocalStorage storage;
  private final ExampleRandom random = new ExampleRandom();
  private final RepositoryId id = RepositoryId.generate(random);
  private final KeyFile keyFile = KeyFile.generate(random);
  private final FullKeys keys = FullKeys.generate(random);
  private final List<StoredNode> nodes = new ArrayList<>();
  private final List<PackTable> packs = new ArrayList<>();
  private final Manifest manifest;

  Example(Path folder) {
    storage = LocalStorage.create(folder);
    Repository repository =
        Repository.create(
            storage,
            id,
            CREATED,
            keys,
            of -> List.of(new NewSlot(of, keys, "example", CREATED).lock(keyFile, random)));
    SealingSession session = keys.startSealing(random);
    Entry root;
    long added;
    try (ChunkWriter writer = repository.writer(new EmptyIndex(), session, 3, 1)) {
      root = root(writer, keys.hasher());
      writer.flush();
      added = writer.addedBytes();
    }
    ObjectId segment = new IndexSegments(storage, keys, random).write(packs);
    long indexed = storage.size(ObjectNames.of(ObjectKind.INDEX, segment)).orElseThrow();
    manifest = manifest(root, new Manifest.Counts(1, 0, 0, added, pack().size() + indexed));
    repository.snapshots().save(manifest, session);
  }

  private Entry root(ChunkWriter writer, ChunkHasher hasher) {
    Entry message =
        new Entry(
            FileName.of(MESSAGE_NAME),
            metadata(0600, 1796090401, 250_000_000),
            new Body.RegularFile(message().length, recipe(writer, hasher)),
            0);
    Entry cur = directory("cur", 1796090402, List.of(message), writer, hasher);
    Entry empty = directory("new", 1796090402, List.of(), writer, hasher);
    return directory(Manifest.ROOT_NAME, 1790000000, List.of(cur, empty), writer, hasher);
  }

  /** Cut by hand, to have every kind of segment but a hole; so short a body is else not decoded. */
  private static Recipe recipe(ChunkWriter writer, ChunkHasher hasher) {
    ChunkRef trace = chunk(BlockKind.TRACE, TRACE, writer, hasher);
    ChunkRef header = chunk(BlockKind.HEADER, HEADER, writer, hasher);
    ChunkRef body = chunk(BlockKind.BINARY, BODY, writer, hasher);
    return new Recipe.Direct(
        List.of(
            new Segment.Literal(trace),
            new Segment.Literal(header),
            new Segment.Base64(new Base64Layout(76, LineEnd.LF, true), List.of(body))));
  }

  private static ChunkRef chunk(
      BlockKind kind, String text, ChunkWriter writer, ChunkHasher hasher) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ChunkId chunk = hasher.id(bytes, 0, bytes.length);
    writer.add(chunk, kind, bytes, 0, bytes.length);
    return new ChunkRef(chunk, bytes.length);
  }

  private Entry directory(
      String name, long mtime, List<Entry> entries, ChunkWriter writer, ChunkHasher hasher) {
    DirectoryNodes written = new TreeWriter(hasher, writer).write(entries, DirectoryNodes.NONE);
    nodes.addAll(written.nodes());
    long files = entries.stream().mapToLong(Entry::files).sum();
    long size = entries.stream().mapToLong(Entry::size).sum();
    Body body = new Body.Directory(written.root(), files, size, false);
    return new Entry(FileName.of(name), metadata(0700, mtime, 0), body, 0);
  }

  private static Metadata metadata(int mode, long seconds, int nanos) {
    return new Metadata(mode, 89, 89, seconds, nanos, List.of());
  }

  private static Manifest manifest(Entry root, Manifest.Counts counts) {
    return new Manifest(
        BEGUN,
        FINISHED,
        "mx",
        List.of(RawPath.of("/home/bob/Maildir")),
        List.of(),
        List.of("nightly"),
        root,
        Optional.empty(),
        Map.of(89, "vpopmail"),
        Map.of(89, "vchkpw"),
        AccountFacts.NONE,
        List.of(
            new Manifest.LeftOut(
                "tmp contents", 1, List.of(RawPath.of("/home/bob/Maildir/tmp/1")))),
        new Manifest.Unreadable(0, List.of()),
        counts,
        List.of("--profile=maildir"),
        "mailkeep 1.0");
  }

  LocalStorage storage() {
    return storage;
  }

  KeyFile keyFile() {
    return keyFile;
  }

  FullKeys keys() {
    return keys;
  }

  /** The nodes in the order in which they were written. */
  List<StoredNode> nodes() {
    return nodes;
  }

  PackTable pack() {
    return packs.getFirst();
  }

  /** The pack's table before it was sealed. */
  byte[] table() {
    ByteWriter out = new ByteWriter();
    BlockTableCodec.write(pack().blocks(), out);
    return out.toByteArray();
  }

  /** The segment's content before it was sealed. */
  byte[] segment() {
    ByteWriter out = new ByteWriter().varint(1);
    pack().pack().write(out);
    return out.varint(pack().size()).raw(table()).toByteArray();
  }

  byte[] manifestBytes() {
    return ManifestCodec.encode(manifest);
  }

  /** The message as it stands in the maildir. */
  static byte[] message() {
    Base64.Encoder mime = Base64.getMimeEncoder(76, new byte[] {'\n'});
    String body = mime.encodeToString(BODY.getBytes(StandardCharsets.US_ASCII)) + "\n";
    return (TRACE + HEADER + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Knows nothing, so that all is written, and keeps what it is told. */
  private final class EmptyIndex implements ChunkIndex {
    @Override
    public boolean contains(ChunkId chunk) {
      return false;
    }

    @Override
    public Optional<ChunkLocation> find(ChunkId chunk) {
      return Optional.empty();
    }

    @Override
    public void add(PackTable pack) {
      packs.add(pack);
    }
  }
}
