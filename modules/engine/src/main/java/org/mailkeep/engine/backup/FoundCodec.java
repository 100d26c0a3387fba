package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.sort.RunCodec;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** The bytes of what is listed in a directory, while it is sorted. */
final class FoundCodec {

  /** DT_UNKNOWN: the file system does not tell the type. */
  private static final int UNTOLD = 0;

  private static final int MAX_NODE = 1 << 24;

  private static final long UNSIGNED = 0xffffffffL;

  /** Of names with their status. */
  static final RunCodec<Found> FOUND = RunCodec.each(FoundCodec::write, FoundCodec::readFound);

  /** Of entries as they are listed. */
  static final RunCodec<DirectoryEntry> ENTRIES =
      RunCodec.each(FoundCodec::write, FoundCodec::readEntry);

  /** Of sightings of messages. */
  static final RunCodec<Sighting> SIGHTINGS =
      RunCodec.each(
          (sighting, out) -> write(sighting.found(), out.varint(sighting.number())),
          in -> {
            int number = in.count(Integer.MAX_VALUE);
            return Sighting.of(readFound(in), number);
          });

  /** Of files that are to be read. */
  static final RunCodec<FileReading.Job> JOBS =
      RunCodec.each(FoundCodec::write, FoundCodec::readJob);

  private FoundCodec() {}

  private static void write(DirectoryEntry entry, ByteWriter out) {
    FileType type = entry.type();
    out.bytes(entry.name().bytes()).u64(entry.inode()).u8(type == null ? UNTOLD : type.code());
  }

  private static DirectoryEntry readEntry(ByteReader in) {
    FileName name = FileName.of(in.bytes(FileName.MAX_LENGTH));
    return new DirectoryEntry(name, in.u64(), FileType.ofCode(in.u8()));
  }

  private static void write(Found found, ByteWriter out) {
    FileStat stat = found.stat();
    out.bytes(found.name().bytes());
    out.u8(stat.type().code()).varint(stat.mode()).u32(stat.uid()).u32(stat.gid());
    out.varint(stat.size()).u64(stat.device()).u64(stat.inode()).varint(stat.links());
    out.signedVarint(stat.mtimeSeconds()).varint(stat.mtimeNanos());
    out.signedVarint(stat.ctimeSeconds()).varint(stat.ctimeNanos());
    out.varint(stat.deviceMajor() & UNSIGNED).varint(stat.deviceMinor() & UNSIGNED);
    out.varint(stat.blocks512()).u8(stat.mountRoot() ? 1 : 0);
  }

  private static Found readFound(ByteReader in) {
    FileName name = FileName.of(in.bytes(FileName.MAX_LENGTH));
    FileType type = FileType.ofCode(in.u8());
    if (type == null) {
      throw new MalformedException("a file of no known type");
    }
    FileStat stat =
        new FileStat(
            type,
            (int) in.varint(),
            in.u32(),
            in.u32(),
            in.varint(),
            in.u64(),
            in.u64(),
            (int) in.varint(),
            in.signedVarint(),
            (int) in.varint(),
            in.signedVarint(),
            (int) in.varint(),
            (int) in.varint(),
            (int) in.varint(),
            in.varint(),
            in.u8() != 0);
    return new Found(name, stat);
  }

  private static void write(FileReading.Job job, ByteWriter out) {
    write(job.found(), out);
    out.u8(job.message() ? 1 : 0);
    out.bytes(
        job.before()
            .map(entry -> NodeCodec.encode(new Node.Leaf(List.of(entry))))
            .orElse(new byte[0]));
  }

  private static FileReading.Job readJob(ByteReader in) {
    Found found = readFound(in);
    boolean message = in.u8() != 0;
    byte[] before = in.bytes(MAX_NODE);
    return new FileReading.Job(found, message, before(before));
  }

  private static Optional<Entry> before(byte[] node) {
    if (node.length == 0) {
      return Optional.empty();
    }
    if (NodeCodec.decode(node) instanceof Node.Leaf leaf && leaf.entries().size() == 1) {
      return Optional.of(leaf.entries().getFirst());
    }
    throw new MalformedException("not the node of one file");
  }
}
