package org.mailkeep.engine.ingest;

import java.util.List;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.archive.ArchiveEntry;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;

/**
 * Names of one file. A tar says "another name of that member"; a cpio gives them one number, and
 * the content with the last of them only.
 */
final class LinkedMembers {

  private final EntryStore entries;
  private final ChunkHasher hasher;

  LinkedMembers(EntryStore entries, ChunkHasher hasher) {
    this.entries = entries;
    this.hasher = hasher;
  }

  /** The number that a snapshot has for the names of this member's file; 0 for a file of one. */
  long group(ArchiveEntry member) {
    return member.identity().map(identity -> group(identity.bytes())).orElse(0L);
  }

  private long group(byte[] file) {
    long group = hasher.id(file, 0, file.length).a();
    return group == 0 ? 1 : group;
  }

  /** An entry was put: its content may be that of other names. */
  void seen(Entry entry) {
    if (entry.linkGroup() != 0 && entry.size() > 0) {
      entries.note(entry.linkGroup(), entry);
    }
  }

  /**
   * Puts another name of a file.
   *
   * @throws RefusedException where there was no such member, or it was a directory
   */
  void link(RawPath path, RawPath to) {
    Entry file =
        entries
            .find(to)
            .filter(entry -> !(entry.body() instanceof Body.Directory))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The archive is refused: "
                            + path
                            + " is a hard link to "
                            + to
                            + ", which is no file that came before it",
                        "No snapshot was made. Perhaps the archive has a part of a tree only:"
                            + " unpack it beside the rest and import the folder."));
    if (path.equals(to) || path.names().isEmpty()) {
      return;
    }
    long group = file.linkGroup() != 0 ? file.linkGroup() : group(to, file);
    if (file.linkGroup() == 0) {
      entries.put(to, with(file, file.name(), group));
    }
    entries.put(path, with(file, path.names().getLast(), group));
  }

  /** Of path and file: the path may be that of another file later in the archive. */
  private long group(RawPath to, Entry file) {
    byte[] path = to.bytes();
    byte[] bytes = NodeCodec.encode(new Node.Leaf(List.of(file)));
    return group(new ByteWriter(path.length + bytes.length).raw(path).raw(bytes).toByteArray());
  }

  private static Entry with(Entry file, FileName name, long group) {
    return new Entry(name, file.metadata(), file.body(), group);
  }

  /** The entry with the content that another name of it brought. */
  Entry resolve(Entry entry) {
    boolean lacksContent =
        entry.linkGroup() != 0 && entry.body() instanceof Body.RegularFile && entry.size() == 0;
    return lacksContent
        ? entries
            .noted(entry.linkGroup())
            .map(full -> new Entry(entry.name(), full.metadata(), full.body(), entry.linkGroup()))
            .orElse(entry)
        : entry;
  }
}
