package org.mailkeep.model.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The columns of a leaf, one after the other:
 *
 * <ol>
 *   <li>the number of entries, and their names ({@link NameColumn});
 *   <li>one byte an entry: its type, with {@link #LINKED} and {@link #ATTRIBUTED};
 *   <li>the different owners of the leaf (mode, uid, gid), and each entry's place among them;
 *   <li>modification times: seconds as the difference to the entry before, then all nanoseconds;
 *   <li>the different attribute sets, and the place among them of each entry that has one;
 *   <li>what each type has of its own, for all entries: sizes and recipe shapes, a directory's file
 *       count and size, link targets, device numbers;
 *   <li>link groups of the entries that are linked;
 *   <li>the ids: of recipes' chunks and of directories' root nodes, in the order of the entries.
 * </ol>
 */
final class LeafCodec {

  private static final int REGULAR = 1;
  private static final int DIRECTORY = 2;
  private static final int PARTIAL_DIRECTORY = 3;
  private static final int SYMBOLIC_LINK = 4;
  private static final int FIFO = 5;
  private static final int SOCKET = 6;
  private static final int CHARACTER_DEVICE = 7;
  private static final int BLOCK_DEVICE = 8;
  private static final int TYPE = 0x0f;
  private static final int LINKED = 0x10;
  private static final int ATTRIBUTED = 0x20;

  private LeafCodec() {}

  static void write(List<Entry> entries, ByteWriter out) {
    out.varint(entries.size());
    NameColumn.write(entries.stream().map(Entry::name).toList(), out);
    for (Entry entry : entries) {
      int linked = entry.linkGroup() != 0 ? LINKED : 0;
      int attributed = entry.metadata().attributes().isEmpty() ? 0 : ATTRIBUTED;
      out.u8(type(entry.body()) | linked | attributed);
    }
    writeOwners(entries, out);
    writeTimes(entries, out);
    writeAttributes(entries, out);
    ByteWriter ids = new ByteWriter(entries.size() * 64);
    entries.forEach(entry -> writeBody(entry.body(), out, ids));
    entries.stream().filter(e -> e.linkGroup() != 0).forEach(e -> out.u64(e.linkGroup()));
    out.raw(ids.toByteArray());
  }

  static List<Entry> read(ByteReader in) {
    int count = in.countOf(6);
    List<FileName> names = NameColumn.read(in, count);
    byte[] types = in.raw(count);
    for (byte type : types) {
      if ((type & ~(TYPE | LINKED | ATTRIBUTED)) != 0) {
        throw new MalformedException("an entry of unknown type " + (type & 0xff));
      }
    }
    List<Owner> owners = readOwners(in, count);
    long[] seconds = new long[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = in.signedVarint() + (i == 0 ? 0 : seconds[i - 1]);
    }
    int[] nanos = new int[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = in.count(999_999_999);
    }
    List<List<Attribute>> attributes = readAttributes(in, types);
    List<PendingBody> bodies = new ArrayList<>(count);
    for (byte type : types) {
      if ((type & ~(TYPE | LINKED | ATTRIBUTED)) != 0) {
        throw new MalformedException("an entry with an unknown flag");
      }
      bodies.add(readBody(type & TYPE, in));
    }
    long[] links = readLinks(in, types);
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Owner owner = owners.get(i);
      Metadata metadata =
          new Metadata(owner.mode, owner.uid, owner.gid, seconds[i], nanos[i], attributes.get(i));
      entries.add(new Entry(names.get(i), metadata, bodies.get(i).fill(in), links[i]));
    }
    return entries;
  }

  /** Whether there is a directory among the entries, or a name that passes the test. */
  static boolean hasDirectoryOrName(ByteReader in, NameTest test) {
    int count = in.countOf(6);
    if (NameColumn.anyMatch(in, count, test)) {
      return true;
    }
    for (int i = 0; i < count; i++) {
      int type = in.u8() & TYPE;
      if (type == DIRECTORY || type == PARTIAL_DIRECTORY) {
        return true;
      }
    }
    return false;
  }

  private static int type(Body body) {
    return switch (body) {
      case Body.RegularFile _ -> REGULAR;
      case Body.Directory directory -> directory.partial() ? PARTIAL_DIRECTORY : DIRECTORY;
      case Body.SymbolicLink _ -> SYMBOLIC_LINK;
      case Body.Fifo _ -> FIFO;
      case Body.Socket _ -> SOCKET;
      case Body.Device device -> device.block() ? BLOCK_DEVICE : CHARACTER_DEVICE;
    };
  }

  private record Owner(int mode, int uid, int gid) {
    static Owner of(Entry entry) {
      return new Owner(entry.metadata().mode(), entry.metadata().uid(), entry.metadata().gid());
    }
  }

  private static void writeOwners(List<Entry> entries, ByteWriter out) {
    Map<Owner, Integer> places = new LinkedHashMap<>();
    entries.forEach(entry -> places.putIfAbsent(Owner.of(entry), places.size()));
    out.varint(places.size());
    for (Owner owner : places.keySet()) {
      out.varint(owner.mode).varint(owner.uid & 0xffffffffL).varint(owner.gid & 0xffffffffL);
    }
    entries.forEach(entry -> out.varint(places.getOrDefault(Owner.of(entry), 0)));
  }

  private static List<Owner> readOwners(ByteReader in, int count) {
    int size = in.countOf(3);
    List<Owner> different = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      different.add(new Owner(in.count(07777), number32(in), number32(in)));
    }
    List<Owner> owners = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      owners.add(different.get(place(in, size)));
    }
    return owners;
  }

  private static int number32(ByteReader in) {
    long value = in.varint();
    if (value >>> 32 != 0) {
      throw new MalformedException("an id of more than 32 bits");
    }
    return (int) value;
  }

  private static int place(ByteReader in, int size) {
    if (size == 0) {
      throw new MalformedException("a reference into an empty table");
    }
    return in.count(size - 1);
  }

  private static void writeTimes(List<Entry> entries, ByteWriter out) {
    long before = 0;
    for (Entry entry : entries) {
      out.signedVarint(entry.metadata().mtimeSeconds() - before);
      before = entry.metadata().mtimeSeconds();
    }
    entries.forEach(entry -> out.varint(entry.metadata().mtimeNanos()));
  }

  private static void writeAttributes(List<Entry> entries, ByteWriter out) {
    Map<List<Attribute>, Integer> places = new LinkedHashMap<>();
    List<List<Attribute>> present =
        entries.stream().map(e -> e.metadata().attributes()).filter(a -> !a.isEmpty()).toList();
    present.forEach(set -> places.putIfAbsent(set, places.size()));
    out.varint(places.size());
    for (List<Attribute> set : places.keySet()) {
      out.varint(set.size());
      set.forEach(
          attribute -> out.bytes(attribute.name().bytes()).bytes(attribute.value().bytes()));
    }
    present.forEach(set -> out.varint(places.getOrDefault(set, 0)));
  }

  private static List<List<Attribute>> readAttributes(ByteReader in, byte[] types) {
    int size = in.countOf(2);
    List<List<Attribute>> different = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      List<Attribute> set = new ArrayList<>();
      for (int left = in.countOf(2); left > 0; left--) {
        ByteString name = ByteString.of(in.bytes(FileName.MAX_LENGTH));
        set.add(new Attribute(name, ByteString.of(in.bytes(Attribute.MAX_VALUE))));
      }
      different.add(List.copyOf(set)); // shared by all entries that have it
    }
    List<List<Attribute>> attributes = new ArrayList<>(types.length);
    for (byte type : types) {
      boolean present = (type & ATTRIBUTED) != 0;
      attributes.add(present ? different.get(place(in, size)) : List.of());
    }
    return attributes;
  }

  private static long[] readLinks(ByteReader in, byte[] types) {
    long[] links = new long[types.length];
    for (int i = 0; i < links.length; i++) {
      if ((types[i] & LINKED) != 0) {
        links[i] = in.u64();
        if (links[i] == 0) {
          throw new MalformedException("a link group of 0");
        }
      }
    }
    return links;
  }

  private static void writeBody(Body body, ByteWriter out, ByteWriter ids) {
    switch (body) {
      case Body.RegularFile file -> {
        out.varint(file.size());
        RecipeCodec.write(file.recipe(), out, ids);
      }
      case Body.Directory directory -> {
        out.varint(directory.files()).varint(directory.size());
        directory.root().write(ids);
      }
      case Body.SymbolicLink link -> out.bytes(link.target().bytes());
      case Body.Device device ->
          out.varint(device.major() & 0xffffffffL).varint(device.minor() & 0xffffffffL);
      case Body.Fifo _, Body.Socket _ -> {}
    }
  }

  /** A body that still waits for its ids, which stand at the leaf's end. */
  private interface PendingBody {
    Body fill(ByteReader ids);
  }

  private static PendingBody readBody(int type, ByteReader in) {
    return switch (type) {
      case REGULAR -> readFile(in);
      case DIRECTORY -> readDirectory(in, false);
      case PARTIAL_DIRECTORY -> readDirectory(in, true);
      case SYMBOLIC_LINK -> known(readLink(in));
      case CHARACTER_DEVICE -> known(new Body.Device(false, number32(in), number32(in)));
      case BLOCK_DEVICE -> known(new Body.Device(true, number32(in), number32(in)));
      case FIFO -> known(new Body.Fifo());
      case SOCKET -> known(new Body.Socket());
      default -> throw new MalformedException("an entry of unknown type " + type);
    };
  }

  private static PendingBody known(Body body) {
    return _ -> body;
  }

  private static PendingBody readFile(ByteReader in) {
    long size = nonNegative(in);
    RecipeCodec.Shape shape = RecipeCodec.readShape(in);
    return ids -> new Body.RegularFile(size, shape.fill(ids));
  }

  private static PendingBody readDirectory(ByteReader in, boolean partial) {
    long files = nonNegative(in);
    long size = nonNegative(in);
    return ids -> new Body.Directory(ChunkId.read(ids), files, size, partial);
  }

  private static Body readLink(ByteReader in) {
    return new Body.SymbolicLink(ByteString.of(in.bytes(Body.SymbolicLink.MAX_TARGET)));
  }

  private static long nonNegative(ByteReader in) {
    long value = in.varint();
    if (value < 0) {
      throw new MalformedException("a size of more than 63 bits");
    }
    return value;
  }
}
