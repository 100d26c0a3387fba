package org.mailkeep.engine.backup;

import java.util.List;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.SipHash;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.FileStat;

/**
 * Sums up files by all that decides what becomes of them in a snapshot when they are known: name,
 * inode, size, times, mode, owner and link group. A sum of hashes is the same in any order of
 * listing, and as the hash has a key, nobody can choose names and times so that two sums are equal;
 * by accident they are once in 2^64 changes. For one thread.
 */
final class EntrySums {

  /** The sum where there is anything but files; equal to that of no files. */
  static final long NONE = 0;

  private final SipHash hash;

  private EntrySums(SipHash hash) {
    this.hash = hash;
  }

  /** Sums under a key of the repository's. */
  static EntrySums of(ChunkHasher hasher) {
    byte[] purpose = RawText.encode("mailkeep 1 sums of entries");
    ChunkId key = hasher.id(purpose, 0, purpose.length);
    return new EntrySums(new SipHash(key.a(), key.b()));
  }

  /** The sum of these entries, or {@link #NONE}. */
  long of(List<Scanned> entries) {
    long sum = 0;
    for (Scanned scanned : entries) {
      Entry entry = scanned.entry();
      if (!(entry.body() instanceof Body.RegularFile file)) {
        return NONE;
      }
      Metadata metadata = entry.metadata();
      FileName name = entry.name();
      hash.add(name.bytes(), name.length());
      hash.add(metadata.mode()).add(pair(metadata.uid(), metadata.gid())).add(file.size());
      hash.add(metadata.mtimeSeconds()).add(pair(metadata.mtimeNanos(), scanned.ctimeNanos()));
      sum += hash.add(scanned.ctimeSeconds()).add(scanned.inode()).add(entry.linkGroup()).finish();
    }
    return sum;
  }

  /**
   * What a file adds to a sum.
   *
   * @param name its name is {@code name[0..length)}
   * @param linkGroup {@link FileReading#linkGroup}
   */
  long of(byte[] name, int length, FileStat stat, long linkGroup) {
    hash.add(name, length);
    hash.add(stat.mode()).add(pair(stat.uid(), stat.gid())).add(stat.size());
    hash.add(stat.mtimeSeconds()).add(pair(stat.mtimeNanos(), stat.ctimeNanos()));
    return hash.add(stat.ctimeSeconds()).add(stat.inode()).add(linkGroup).finish();
  }

  private static long pair(int high, int low) {
    return (long) high << 32 | (low & 0xffffffffL);
  }
}
