package org.mailkeep.engine.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * The snapshots that this host made, by its own memory: with a writer's key it cannot read them
 * back. Also how it would notice that one of them is gone.
 */
public final class OwnSnapshots {

  private static final byte[] PREFIX = {'m', 's'};
  private static final int MAX_HOST = 4096;

  private final StateDatabase state;

  /** In this host state. */
  public OwnSnapshots(StateDatabase state) {
    this.state = state;
  }

  /**
   * What is remembered of a snapshot.
   *
   * @param id its id
   * @param time when the backup began
   * @param host the host's name
   * @param files how many files it has
   * @param bytes their size
   */
  public record Own(ObjectId id, Instant time, String host, long files, long bytes) {}

  /** Remembers a snapshot that was just made. */
  public void remember(Snapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    byte[] host = manifest.host().getBytes(StandardCharsets.UTF_8);
    ByteWriter value = new ByteWriter(128);
    Instant time = manifest.time();
    value.u64(time.getEpochSecond()).u32(time.getNano());
    value.varint(manifest.root().files()).varint(manifest.root().size());
    value.bytes(Arrays.copyOf(host, Math.min(host.length, MAX_HOST)));
    state.put(Table.FACTS, key(snapshot.id()), value.toByteArray());
  }

  /** All of them, the oldest first. */
  public List<Own> list() {
    List<Own> own = new ArrayList<>();
    state.scan(
        Table.FACTS,
        PREFIX,
        (key, value) -> {
          ByteReader in = new ByteReader(value);
          Instant time = Instant.ofEpochSecond(in.u64(), in.u32());
          long files = in.varint();
          long bytes = in.varint();
          String host = new String(in.bytes(MAX_HOST), StandardCharsets.UTF_8);
          ObjectId id = ObjectId.of(Arrays.copyOfRange(key, PREFIX.length, key.length));
          own.add(new Own(id, time, host, files, bytes));
        });
    own.sort(Comparator.comparing(Own::time).thenComparing(Own::id));
    return own;
  }

  private static byte[] key(ObjectId id) {
    return new ByteWriter(PREFIX.length + ObjectId.LENGTH)
        .raw(PREFIX)
        .raw(id.bytes())
        .toByteArray();
  }
}
