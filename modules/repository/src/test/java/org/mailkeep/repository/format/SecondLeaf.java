package org.mailkeep.repository.format;

import static org.mailkeep.repository.format.SecondCrypto.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The leaves and recipes of {@code repo-format.md}, sections 6 and 7, as far as the example goes.
 */
final class SecondLeaf {

  private static final int REGULAR = 1;
  private static final int DIRECTORY = 2;
  private static final int LITERAL = 0;
  private static final int BASE64 = 4;

  /** A directory with its root node's id, or a file with its segments. */
  record Item(boolean directory, String root, List<Segment> segments) {}

  /** A segment: its tag, its line length where it is base64, and its chunks. */
  record Segment(int tag, int lineLength, List<Chunk> chunks) {}

  /** A chunk's id in hex and its length. */
  record Chunk(String id, int length) {}

  private final SecondCursor in;

  private SecondLeaf(byte[] node) {
    in = new SecondCursor(node);
  }

  /** The entries of a leaf, by name. */
  static Map<String, Item> items(byte[] node) {
    return new SecondLeaf(node).items();
  }

  private Map<String, Item> items() {
    require(in.u8() == 0, "a leaf");
    int count = (int) in.varint();
    List<String> names = names(count);
    byte[] types = in.raw(count);
    skipMetadata(count);
    List<List<Segment>> shapes = new ArrayList<>();
    for (byte type : types) {
      shapes.add(type == DIRECTORY ? skipSums() : shape(type));
    }
    Map<String, Item> items = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      boolean directory = types[i] == DIRECTORY;
      String root = directory ? in.id() : "";
      items.put(names.get(i), new Item(directory, root, withIds(shapes.get(i))));
    }
    require(!in.hasMore(), "the leaf's end");
    return items;
  }

  private List<String> names(int count) {
    int[] shared = new int[count];
    int[] own = new int[count];
    for (int i = 0; i < count; i++) {
      shared[i] = (int) in.varint();
      own[i] = (int) in.varint();
    }
    List<String> names = new ArrayList<>();
    String before = "";
    for (int i = 0; i < count; i++) {
      String rest = new String(in.raw(own[i]), StandardCharsets.ISO_8859_1);
      before = before.substring(0, shared[i]) + rest;
      names.add(before);
    }
    return names;
  }

  private void skipMetadata(int count) {
    for (long left = 3 * in.varint(); left > 0; left--) {
      in.varint(); // mode, uid, gid
    }
    for (int left = 3 * count; left > 0; left--) {
      in.varint(); // owners' places, seconds, nanoseconds
    }
    require(in.varint() == 0, "no attributes");
  }

  private List<Segment> skipSums() {
    in.varint();
    in.varint();
    return List.of();
  }

  private List<Segment> shape(int type) {
    require(type == REGULAR, "a regular file");
    in.varint();
    require(in.varint() == 0, "a recipe of depth 0");
    List<Segment> segments = new ArrayList<>();
    for (long left = in.varint(); left > 0; left--) {
      int tag = in.u8();
      require(tag == LITERAL || (tag >= BASE64 && tag < BASE64 + 4), "a known segment");
      int lineLength = tag == LITERAL ? 0 : 4 * (int) in.varint();
      long count = tag == LITERAL ? 1 : in.varint();
      List<Chunk> chunks = new ArrayList<>();
      for (; count > 0; count--) {
        chunks.add(new Chunk("", (int) in.varint()));
      }
      segments.add(new Segment(tag, lineLength, chunks));
    }
    return segments;
  }

  private List<Segment> withIds(List<Segment> shape) {
    List<Segment> segments = new ArrayList<>();
    for (Segment segment : shape) {
      List<Chunk> chunks = new ArrayList<>();
      segment.chunks().forEach(chunk -> chunks.add(new Chunk(in.id(), chunk.length())));
      segments.add(new Segment(segment.tag(), segment.lineLength(), chunks));
    }
    return segments;
  }
}
