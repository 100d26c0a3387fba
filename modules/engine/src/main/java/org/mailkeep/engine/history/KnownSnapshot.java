package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * A snapshot as the history remembers it, also when it is no longer in the repository.
 *
 * @param number its number in the history; of one host's, a later one has a higher number
 * @param id its id
 * @param time the moment it stands for
 * @param host the machine
 * @param sources the paths that were backed up, absolute
 * @param root the root node of its root directory
 * @param complete whether the history has seen all of it
 */
public record KnownSnapshot(
    int number,
    ObjectId id,
    Instant time,
    String host,
    List<RawPath> sources,
    ChunkId root,
    boolean complete) {

  private static final int MAX_TEXT = 64 << 10;

  /** Copies the list. */
  public KnownSnapshot {
    sources = List.copyOf(sources);
  }

  static KnownSnapshot of(int number, Snapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    List<RawPath> sources = new ArrayList<>(manifest.sources());
    manifest.profiles().forEach(profile -> sources.addAll(profile.paths()));
    ChunkId root =
        manifest.root().body() instanceof Body.Directory directory
            ? directory.root()
            : new ChunkId(0, 0, 0);
    return new KnownSnapshot(
        number, snapshot.id(), manifest.time(), manifest.host(), sources, root, false);
  }

  KnownSnapshot completed() {
    return new KnownSnapshot(number, id, time, host, sources, root, true);
  }

  /** Whether what is at this path was backed up. */
  boolean covers(RawPath path) {
    return sources.stream().anyMatch(path::startsWith);
  }

  /** Whether some path is covered by both. */
  boolean overlaps(KnownSnapshot other) {
    return sources.stream().anyMatch(other::covers)
        || other.sources.stream().anyMatch(this::covers);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(256);
    id.write(out);
    out.signedVarint(time.getEpochSecond()).varint(time.getNano()).string(host);
    out.varint(sources.size());
    sources.forEach(source -> out.bytes(source.bytes()));
    root.write(out);
    return out.u8(complete ? 1 : 0).toByteArray();
  }

  static KnownSnapshot decode(int number, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    ObjectId id = ObjectId.read(in);
    Instant time = Instant.ofEpochSecond(in.signedVarint(), in.varint());
    String host = in.string(MAX_TEXT);
    List<RawPath> sources = new ArrayList<>();
    for (int left = in.countOf(2); left > 0; left--) {
      sources.add(RawPath.of(in.bytes(MAX_TEXT)));
    }
    return new KnownSnapshot(number, id, time, host, sources, ChunkId.read(in), in.u8() == 1);
  }
}
