package org.mailkeep.engine.archive;

import java.util.Optional;
import java.util.OptionalLong;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.tree.Metadata;

/**
 * Reads tar: V7, POSIX ustar and PAX, GNU with long names and sparse files. The archive must end
 * with its mark, blocks of zeros: one without was cut off, perhaps just between two members.
 */
public final class TarReader implements ArchiveReader {

  private static final int LONGEST_NAME = 64 << 10;

  private final ArchiveInput in;
  private final ArchiveObserver observer;
  private final TarMetadata metadata;
  private PaxRecords global = new PaxRecords();
  private long left;
  private int padding;
  private boolean ended;

  TarReader(ArchiveInput in, ArchiveObserver observer, AccountDatabase host) {
    this.in = in;
    this.observer = observer;
    this.metadata = new TarMetadata(in, host);
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0 || length == 0) {
      return left == 0 ? -1 : 0;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw in.cutOff();
    }
    left -= count;
    return count;
  }

  private void passContent() {
    in.skip(left + padding);
    left = 0;
    padding = 0;
  }

  private void expect(long size) {
    left = size;
    padding = (int) (-size & (TarHeader.BLOCK - 1));
  }

  /** What stands before a header and belongs to it. */
  private static final class Preamble {
    private Optional<byte[]> name = Optional.empty();
    private Optional<byte[]> link = Optional.empty();
    private PaxRecords pax = new PaxRecords();
    private Optional<SparseMap> oldSparse = Optional.empty();
  }

  @Override
  public Optional<ArchiveEntry> next() {
    Preamble before = new Preamble();
    while (!ended) {
      passContent();
      TarHeader header = new TarHeader(in.bytes(TarHeader.BLOCK));
      if (header.isZero()) {
        end();
      } else if (!header.isSound()) {
        throw in.damaged("a header has a wrong checksum");
      } else {
        Optional<ArchiveEntry> entry = take(header, before);
        if (entry.isPresent()) {
          return entry;
        }
      }
    }
    return Optional.empty();
  }

  private void end() {
    ended = true;
    if (!in.drain()) {
      observer.note("what stands after the end of " + in.name() + " is not imported");
    }
  }

  /** A member; empty for what only says something of the next, or is left out. */
  private Optional<ArchiveEntry> take(TarHeader header, Preamble before) {
    expect(size(header, before));
    switch (header.type()) {
      case 'L' -> before.name = Optional.of(longText());
      case 'K' -> before.link = Optional.of(longText());
      case 'x', 'X' -> before.pax = pax(before);
      case 'g' -> global = pax(before).over(global);
      case 'V' -> {}
      case 'M', 'N' ->
          throw in.hostile("it is one volume of several, which are not read; join them first");
      default -> {
        Optional<ArchiveEntry> entry = member(header, before);
        forget(before);
        return entry;
      }
    }
    return Optional.empty();
  }

  private static void forget(Preamble before) {
    before.name = Optional.empty();
    before.link = Optional.empty();
    before.pax = new PaxRecords();
    before.oldSparse = Optional.empty();
  }

  private long size(TarHeader header, Preamble before) {
    if (header.type() == '1') {
      // Old programs repeat the size of the file here, and its content does not follow.
      return 0;
    }
    boolean describes = "LKxXg".indexOf(header.type()) >= 0;
    Optional<String> stated = describes ? Optional.empty() : before.pax.over(global).text("size");
    OptionalLong size = stated.isPresent() ? TarMetadata.decimal(stated.get()) : header.size();
    if (size.isEmpty() || size.getAsLong() < 0 || size.getAsLong() > Long.MAX_VALUE / 2) {
      throw in.damaged("a member has no valid size");
    }
    return size.getAsLong();
  }

  private byte[] longText() {
    if (left > LONGEST_NAME) {
      throw in.damaged("a name of " + left + " bytes");
    }
    byte[] text = content();
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return java.util.Arrays.copyOf(text, end);
  }

  private byte[] content() {
    byte[] bytes = in.bytes((int) left);
    left = 0;
    return bytes;
  }

  private PaxRecords pax(Preamble before) {
    if (left > PaxRecords.LONGEST) {
      throw in.damaged("a PAX header of " + left + " bytes");
    }
    try {
      PaxSparse sparse = new PaxSparse();
      PaxRecords records = PaxRecords.decode(content(), sparse::record);
      before.oldSparse = sparse.map(records);
      return records;
    } catch (MalformedException e) {
      throw in.damaged(e.getMessage());
    }
  }

  private Optional<ArchiveEntry> member(TarHeader header, Preamble before) {
    PaxRecords pax = before.pax.over(global);
    byte[] name =
        pax.get("GNU.sparse.name")
            .or(() -> pax.get("path"))
            .or(() -> before.name)
            .orElseGet(header::name);
    RawPath path = MemberPath.of(name, in);
    try {
      Metadata facts = metadata.of(header, pax, path);
      Optional<ArchiveEntry.Kind> kind = kind(header, before, pax, name, path);
      if (kind.isEmpty()) {
        observer.skipped(path, "a member of the unknown type '" + header.type() + "'");
      }
      return kind.map(
          known ->
              new ArchiveEntry(path, facts, known, Optional.empty(), metadata.owner(header, pax)));
    } catch (MalformedException e) {
      throw in.damaged(path + " has " + e.getMessage());
    }
  }

  private Optional<ArchiveEntry.Kind> kind(
      TarHeader header, Preamble before, PaxRecords pax, byte[] name, RawPath path) {
    return switch (header.type()) {
      case '0', '\0', '7' ->
          // V7 knows directories by their names only.
          Optional.of(
              name[name.length - 1] == '/' ? new ArchiveEntry.Directory() : file(before, pax));
      case 'S' -> Optional.of(sparse(oldSparse(header)));
      case '1' ->
          Optional.of(new ArchiveEntry.HardLink(MemberPath.of(link(header, before, pax), in)));
      case '2' ->
          Optional.of(
              new ArchiveEntry.SymbolicLink(
                  MemberPath.target(link(header, before, pax), path, in)));
      case '3', '4' -> Optional.of(device(header));
      case '5', 'D' -> Optional.of(new ArchiveEntry.Directory());
      case '6' -> Optional.of(new ArchiveEntry.Fifo());
      default -> Optional.empty();
    };
  }

  private static byte[] link(TarHeader header, Preamble before, PaxRecords pax) {
    return pax.get("linkpath").or(() -> before.link).orElseGet(header::linkName);
  }

  private static ArchiveEntry.Kind device(TarHeader header) {
    return new ArchiveEntry.Device(
        header.type() == '4',
        TarMetadata.number32(header.major(), "device number"),
        TarMetadata.number32(header.minor(), "device number"));
  }

  private ArchiveEntry.Kind file(Preamble before, PaxRecords pax) {
    if (pax.text("GNU.sparse.major").filter("1"::equals).isPresent()) {
      return sparse(mapInContent(pax));
    }
    return before
        .oldSparse
        .map(this::sparse)
        .orElseGet(() -> new ArchiveEntry.RegularFile(left, Holes.NONE));
  }

  private ArchiveEntry.Kind sparse(SparseMap map) {
    if (map.dataSize() != left) {
      throw new MalformedException("a map of its holes that does not fit its size");
    }
    return new ArchiveEntry.RegularFile(map.size(), map);
  }

  /** GNU's format 1.0: lines of decimal numbers at the begin of the content, padded to a block. */
  private SparseMap mapInContent(PaxRecords pax) {
    SparseMap map = new SparseMap(PaxSparse.number(pax.text("GNU.sparse.realsize")));
    DecimalLines lines = new DecimalLines();
    long count = lines.next();
    for (long i = 0; i < count; i++) {
      long offset = lines.next();
      if (!map.add(offset, lines.next())) {
        throw new MalformedException("a map of its holes that is out of order");
      }
    }
    return map;
  }

  private final class DecimalLines {
    private byte[] block = new byte[0];
    private int at;

    long next() {
      long value = 0;
      for (int digits = 0; ; digits++) {
        int c = take();
        if (c == '\n' && digits > 0) {
          return value;
        }
        if (c < '0' || c > '9' || digits == 18) {
          throw new MalformedException("a broken map of its holes");
        }
        value = value * 10 + c - '0';
      }
    }

    private int take() {
      if (at == block.length) {
        if (left < TarHeader.BLOCK) {
          throw new MalformedException("a map of its holes that is cut off");
        }
        block = in.bytes(TarHeader.BLOCK);
        left -= TarHeader.BLOCK;
        at = 0;
      }
      return block[at++];
    }
  }

  /** GNU's old format: four stretches in the header, more in blocks after it. */
  private SparseMap oldSparse(TarHeader header) {
    OptionalLong real = header.number(483, 12);
    if (real.isEmpty() || real.getAsLong() < 0) {
      throw new MalformedException("no valid size");
    }
    SparseMap map = new SparseMap(real.getAsLong());
    byte[] block = header.bytes();
    int at = 386;
    int count = 4;
    boolean more = block[482] != 0;
    while (true) {
      addStretches(map, block, at, count);
      if (!more) {
        return map;
      }
      block = in.bytes(TarHeader.BLOCK);
      at = 0;
      count = 21;
      more = block[504] != 0;
    }
  }

  private static void addStretches(SparseMap map, byte[] block, int at, int count) {
    for (int i = 0; i < count; i++) {
      int field = at + i * 24;
      OptionalLong offset = TarHeader.number(block, field, 12);
      OptionalLong length = TarHeader.number(block, field + 12, 12);
      if (offset.isEmpty()
          || length.isEmpty()
          || (block[field] != 0 && !map.add(offset.getAsLong(), length.getAsLong()))) {
        throw new MalformedException("a broken map of its holes");
      }
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
