package org.mailkeep.engine.copy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * Copies to a repository with keys of its own: everything is opened, named and sealed anew. A
 * snapshot is known there by its times and its host, for its id is another one.
 */
final class OtherKeys implements CopyWay {

  /** Bytes of opened blocks that are kept to verify what was stored. */
  private static final long VERIFY_CACHE = 8L << 20;

  /** Bytes of opened blocks of the target that are kept for differences. */
  private static final long BASES_CACHE = 8L << 20;

  /** When a snapshot was begun, when its manifest was written, to the nanosecond, and where. */
  private record Mark(Instant time, Instant finished, String host) {
    static Mark of(Manifest manifest) {
      return new Mark(manifest.time(), manifest.finished(), manifest.host());
    }
  }

  private final CopyPlaces places;
  private final ChunkReader reader;
  private final boolean verify;
  private final int threads;
  private final Cancellation cancellation;
  private final CopyObserver observer;
  private final SealingSession session;
  private final Map<Mark, ObjectId> present = new HashMap<>();
  private final Map<ObjectId, ObjectId> names = new HashMap<>();
  private final Map<String, NavigableMap<Instant, ChunkId>> roots = new HashMap<>();
  private long stored;

  OtherKeys(CopyPlaces places, ChunkReader reader, CopySettings settings, CopyObserver observer) {
    this.places = places;
    this.reader = reader;
    this.verify = settings.verify();
    this.threads = settings.threads();
    this.cancellation = settings.cancellation();
    this.observer = observer;
    this.session = places.target().keys().startSealing();
    List<MailkeepException> damaged = new ArrayList<>();
    for (Snapshot snapshot : places.target().snapshots().list(damaged::add)) {
      present.put(Mark.of(snapshot.manifest()), snapshot.id());
    }
    damaged.forEach(e -> observer.warning("In the copy, " + e.getMessage()));
  }

  @Override
  public boolean has(Snapshot snapshot) {
    ObjectId there = present.get(Mark.of(snapshot.manifest()));
    if (there != null) {
      names.put(snapshot.id(), there);
      noteRoot(snapshot.manifest());
    }
    return there != null;
  }

  private void noteRoot(Manifest manifest) {
    if (manifest.root().body() instanceof Body.Directory root) {
      roots
          .computeIfAbsent(series(manifest), _ -> new TreeMap<>())
          .put(manifest.time(), root.root());
    }
  }

  /** The root node of the snapshot before, of those that the target has. */
  private Optional<ChunkId> rootBefore(Manifest manifest) {
    return Optional.ofNullable(roots.get(series(manifest)))
        .map(times -> times.lowerEntry(manifest.time()))
        .map(Map.Entry::getValue);
  }

  private static String series(Manifest manifest) {
    return manifest.host() + '\0' + manifest.sources();
  }

  @Override
  public Optional<ObjectId> there(ObjectId snapshot) {
    return Optional.ofNullable(names.get(snapshot));
  }

  @Override
  public void copy(Snapshot snapshot) {
    places.requireTime();
    CopiedNodes nodes = places.nodes();
    try (ChunkWriter writer =
            places.target().writer(places.to(), session, Effort.DEFAULT.level(), threads);
        ChunkReader bases = places.target().reader(places.to(), BASES_CACHE)) {
      ChunkSink sink = places.window().get().limit(writer);
      Resealing resealing = new Resealing(places, reader, sink, bases, nodes, cancellation);
      Entry root;
      try {
        root = resealing.entry(snapshot.manifest().root(), rootBefore(snapshot.manifest()));
      } finally {
        writer.flush();
      }
      if (verify) {
        verify();
      }
      places.publish(verify);
      places.requireUnpruned();
      Snapshot saved =
          places.target().snapshots().save(manifest(snapshot.manifest(), root), session);
      names.put(snapshot.id(), saved.id());
      noteRoot(snapshot.manifest());
      if (verify && !places.target().snapshots().load(saved.id()).equals(saved)) {
        throw new DamagedException("snapshots/" + saved.id(), "it reads back differently");
      }
      long bytes = writer.storedBytes() + places.target().snapshots().size(saved.id());
      stored += bytes;
      observer.stored(bytes);
    }
    nodes.complete();
  }

  private Manifest manifest(Manifest m, Entry root) {
    Optional<ObjectId> parent = m.parent().flatMap(id -> Optional.ofNullable(names.get(id)));
    Manifest there =
        new Manifest(
            m.time(),
            m.finished(),
            m.host(),
            m.sources(),
            m.profiles(),
            m.tags(),
            root,
            parent,
            m.users(),
            m.groups(),
            m.accounts(),
            m.leftOut(),
            m.unreadable(),
            m.counts(),
            m.options(),
            m.program());
    return m.massChange().map(there::with).orElse(there);
  }

  /** Reads back the packs that no segment names yet; if one is wrong, nothing of it is kept. */
  private void verify() {
    PackReader packs = places.target().packs();
    try (ChunkReader back = places.target().reader(places.to(), VERIFY_CACHE)) {
      for (ObjectId id : places.to().unpublishedIds()) {
        try {
          PackTable table = packs.table(id);
          table
              .locations()
              .forEach(at -> back.verify(at, table.blocks().get(at.number()).chunks()));
        } catch (UnreadableException e) {
          places.to().clear();
          places.target().storage().delete(PackReader.name(id));
          throw new StorageException(
              "The copy does not keep what is written to it: " + e.getMessage(),
              "Check its disk or server, then run the command again.",
              e);
        }
      }
    }
  }

  @Override
  public long storedBytes() {
    return stored;
  }

  @Override
  public void close() {}
}
