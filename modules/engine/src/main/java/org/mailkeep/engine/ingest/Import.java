package org.mailkeep.engine.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.engine.archive.ArchiveEntry;
import org.mailkeep.engine.archive.ArchiveReader;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.tree.TreeWriter;

/** Makes a snapshot of an archive. The order of writing is a backup's: packs, index, manifest. */
public final class Import {

  /** So many names of owners are kept: more users have no mail server. */
  private static final int MOST_NAMES = 100_000;

  private final Repository repository;
  private final StateDatabase state;
  private final ImportSettings settings;
  private final ImportObserver observer;
  private final Cancellation cancellation;
  private final SkippedMembers skipped;
  private final Map<Integer, String> users = new TreeMap<>();
  private final Map<Integer, String> groups = new TreeMap<>();
  private Instant newest = Instant.MIN;
  private long files;
  private long members;

  /**
   * An import into this repository.
   *
   * @param skipped what the reader of the archive leaves out
   */
  public Import(
      Repository repository,
      StateDatabase state,
      ImportSettings settings,
      SkippedMembers skipped,
      ImportObserver observer,
      Cancellation cancellation) {
    this.repository = repository;
    this.state = state;
    this.settings = settings;
    this.skipped = skipped;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What an import did.
   *
   * @param snapshot the snapshot
   * @param storedBytes what the repository grew by
   */
  public record Report(Snapshot snapshot, long storedBytes) {}

  /**
   * Reads an archive to its end and makes the snapshot.
   *
   * @throws RefusedException where the archive is damaged, cut off, hostile or empty; no snapshot
   *     is made then, and what was stored until there is found again by the next run; or where a
   *     prune may have removed meanwhile what the snapshot needs
   */
  public Report run(ArchiveReader archive) {
    Instant start = Instant.now();
    WriteWindow window = WriteWindow.open(InstantSource.system());
    LocalIndex index = repository.index(state);
    IndexSync sync = repository.sync(index);
    var _ = sync.pullToWrite();
    SealingSession session = repository.keys().startSealing();
    try (ChunkWriter writer =
            repository.writer(
                index, session, settings.effort().level(), settings.parallelism().compressors());
        EntryStore entries = new EntryStore()) {
      Entry root = store(archive, writer, window, entries, sync);
      Instant time = settings.time().orElse(newest.equals(Instant.MIN) ? start : newest);
      Manifest manifest = manifest(time, root, entries.tops(), writer);
      if (window.isOvertaken(sync)) {
        throw new RefusedException(
            "While the archive was read, a prune removed content on which the import relied",
            "No snapshot was made. Run the import again.");
      }
      Snapshot snapshot = repository.snapshots().save(manifest, session);
      long size = repository.snapshots().size(snapshot.id());
      return new Report(snapshot, writer.storedBytes() + size);
    }
  }

  private Entry store(
      ArchiveReader archive,
      ChunkWriter writer,
      WriteWindow window,
      EntryStore entries,
      IndexSync sync) {
    ChunkSink sink = window.limit(writer);
    try (MemberContent content = new MemberContent(new ContentWriter(repository.keys(), sink))) {
      ChunkHasher hasher = repository.keys().hasher();
      LinkedMembers links = new LinkedMembers(entries, hasher);
      for (Optional<ArchiveEntry> next = archive.next(); next.isPresent(); next = archive.next()) {
        cancellation.check();
        take(next.get(), archive, content, entries, links);
      }
      if (members == 0) {
        throw new RefusedException(
            "There is nothing in it to import", "No snapshot was made. Is it the right archive?");
      }
      TreeWriter trees = new TreeWriter(hasher, sink);
      return entries.write(trees, links::resolve, FileName.of(Manifest.ROOT_NAME));
    } finally {
      // What is stored already must be found by the next run, whatever has happened.
      writer.flush();
      sync.publish();
    }
  }

  private void take(
      ArchiveEntry member,
      ArchiveReader archive,
      MemberContent content,
      EntryStore entries,
      LinkedMembers links) {
    RawPath path = settings.root().resolve(member.path());
    if (isExcluded(path)) {
      return;
    }
    if (++members > settings.mostMembers()) {
      throw new RefusedException(
          "The archive has more than " + settings.mostMembers() + " members",
          "No snapshot was made. If that is right, allow more with --max-files.");
    }
    observer.reading(path);
    note(member);
    if (member.kind() instanceof ArchiveEntry.HardLink link) {
      links.link(path, settings.root().resolve(link.to()));
      files++;
      observer.done(0);
      return;
    }
    Body body =
        switch (member.kind()) {
          case ArchiveEntry.RegularFile file -> regular(path, file, archive, content);
          case ArchiveEntry.Directory _ -> EntryStore.unwritten();
          case ArchiveEntry.SymbolicLink link -> new Body.SymbolicLink(link.target());
          case ArchiveEntry.Fifo _ -> new Body.Fifo();
          case ArchiveEntry.Socket _ -> new Body.Socket();
          case ArchiveEntry.Device device ->
              new Body.Device(device.block(), device.major(), device.minor());
          case ArchiveEntry.HardLink _ -> throw new IllegalStateException("linked already");
        };
    put(path, member, body, entries, links);
    observer.done(body instanceof Body.RegularFile file ? file.size() : 0);
  }

  private boolean isExcluded(RawPath path) {
    if (settings.exclude().isEmpty()) {
      return false;
    }
    for (RawPath at = path; !at.names().isEmpty(); at = at.parent()) {
      RawPath looked = at;
      if (settings.exclude().stream().anyMatch(pattern -> pattern.matches(looked))) {
        return true;
      }
    }
    return false;
  }

  private void put(
      RawPath path, ArchiveEntry member, Body body, EntryStore entries, LinkedMembers links) {
    List<FileName> names = path.names();
    FileName name = names.isEmpty() ? FileName.of(Manifest.ROOT_NAME) : names.getLast();
    if (names.isEmpty() && !(body instanceof Body.Directory)) {
      throw new RefusedException(
          "The archive is refused: its root is no directory", "No snapshot was made.");
    }
    if (!(body instanceof Body.Directory)) {
      files++;
    }
    Entry entry = new Entry(name, member.metadata(), body, links.group(member));
    entries.put(path, entry);
    links.seen(entry);
  }

  private Body regular(
      RawPath path, ArchiveEntry.RegularFile file, ArchiveReader archive, MemberContent content) {
    ContentWriter.Stored stored =
        isMessage(path, file)
            ? content.message(archive, file.size())
            : content.file(archive, file.size(), file.holes());
    return new Body.RegularFile(stored.size(), stored.recipe());
  }

  /** As in a backup, but that the other folders of a Maildir may still be to come. */
  private static boolean isMessage(RawPath path, ArchiveEntry.RegularFile file) {
    List<FileName> names = path.names();
    if (names.size() < 2 || !file.holes().equals(Holes.NONE)) {
      return false;
    }
    FileName folder = names.get(names.size() - 2);
    return folder.is("cur") || folder.is("new");
  }

  private void note(ArchiveEntry member) {
    Metadata metadata = member.metadata();
    name(users, metadata.uid(), member.owner().user());
    name(groups, metadata.gid(), member.owner().group());
    Instant time = Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos());
    // A file from the future would make its snapshot the latest for years.
    if (time.isAfter(newest) && !time.isAfter(Instant.now())) {
      newest = time;
    }
  }

  private static void name(Map<Integer, String> names, int id, String name) {
    if (names.size() < MOST_NAMES || names.containsKey(id)) {
      names.merge(id, name, (known, other) -> known.isEmpty() ? other : known);
    }
  }

  private Manifest manifest(Instant time, Entry root, List<RawPath> sources, ChunkWriter writer) {
    return new Manifest(
        time,
        Instant.now(),
        settings.host(),
        sources,
        List.of(),
        settings.tags(),
        root,
        Optional.empty(),
        users,
        groups,
        AccountFacts.NONE,
        List.of(),
        skipped.unreadable(),
        new Manifest.Counts(files, 0, 0, writer.addedBytes(), writer.storedBytes()),
        settings.options(),
        settings.program());
  }
}
