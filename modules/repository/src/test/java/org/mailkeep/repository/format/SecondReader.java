package org.mailkeep.repository.format;

import static org.mailkeep.repository.format.SecondCrypto.hkdf;
import static org.mailkeep.repository.format.SecondCrypto.hmac;
import static org.mailkeep.repository.format.SecondCrypto.join;
import static org.mailkeep.repository.format.SecondCrypto.open;
import static org.mailkeep.repository.format.SecondCrypto.require;
import static org.mailkeep.repository.format.SecondCrypto.sha256;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.repository.format.SecondLeaf.Item;
import org.mailkeep.repository.format.SecondLeaf.Segment;

/**
 * A second implementation, written from {@code repo-format.md} and with no class of Mailkeep. It
 * reads what the worked example has: full keys by a key file, raw blocks, plain recipes.
 */
final class SecondReader {

  /** What keys are derived for, in the order of the document. */
  static final List<String> DERIVED =
      List.of(
          "wrapping key",
          "slot mac key",
          "config mac key",
          "index segment key",
          "pack table key",
          "session secret",
          "pack key",
          "snapshot key");

  private static final int ENVELOPE = 40;
  private static final int FIRST_BLOCK = 1168;

  /** One chunk's place: pack, block number, block kind, offset and lengths. */
  private record Place(
      String pack, int block, int kind, int offset, int stored, int from, int length) {}

  private final Map<String, byte[]> objects;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, String> derived = new LinkedHashMap<>();
  private final byte[] idKey;
  private final byte[] sealKey;
  private final byte[] dataKey;

  /** Opens the repository made of these objects, by name. */
  SecondReader(Map<String, byte[]> objects, String keyFile) throws GeneralSecurityException {
    this.objects = objects;
    byte[] keySet = keySet(secret(keyFile));
    idKey = Arrays.copyOfRange(keySet, 2, 34);
    sealKey = Arrays.copyOfRange(keySet, 66, 98);
    dataKey = Arrays.copyOfRange(keySet, 99, 195);
    checkConfig();
    for (String name : names("index/")) {
      readSegment(name);
    }
  }

  /** The key, derived by now, for one of {@link #DERIVED}, in hex. */
  String derived(String use) {
    String key = derived.get(use);
    if (key == null) {
      throw new IllegalStateException("not derived: " + use);
    }
    return key;
  }

  private List<String> names(String folder) {
    return objects.keySet().stream().filter(name -> name.startsWith(folder)).toList();
  }

  private byte[] object(String name) {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      throw new IllegalStateException(name + " is missing");
    }
    return bytes;
  }

  private byte[] note(String use, byte[] key) {
    derived.put(use, HexFormat.of().formatHex(key));
    return key;
  }

  private static byte[] secret(String keyFile) throws GeneralSecurityException {
    String digits = keyFile.strip().substring("mailkeep-key-1-".length());
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      int value = "abcdefghijklmnopqrstuvwxyz234567".indexOf(digits.charAt(i));
      bits.append(Integer.toBinaryString(32 + value), 1, 6);
    }
    byte[] all = new byte[36];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    byte[] secret = Arrays.copyOf(all, 32);
    require(Arrays.equals(all, 32, 36, sha256(secret), 0, 4), "the key file's checksum");
    return secret;
  }

  private byte[] keySet(byte[] secret) throws GeneralSecurityException {
    byte[] slot = object(names("keys/").getFirst());
    SecondCursor in = new SecondCursor(slot);
    in.expect("MKEY");
    require(in.u8() == 1 && in.u8() == 2 && in.u8() == 1, "a slot of full keys by key file");
    in.raw(16 + 16 + 8);
    in.string();
    byte[] salt = in.raw(32);
    byte[] header = Arrays.copyOf(slot, in.position());
    byte[] wrapped = in.string();
    int macAt = in.position();
    byte[] key = note("wrapping key", hkdf(secret, salt, "mailkeep 1 slot key file", new byte[0]));
    byte[] keySet = open(key, 0, header, wrapped);
    byte[] macKey = note("slot mac key", hkdf(seal(keySet), "mailkeep 1 mac slot"));
    byte[] mac = hmac(macKey, Arrays.copyOf(slot, macAt));
    require(Arrays.equals(mac, in.raw(32)), "the slot's code");
    require(Arrays.equals(sha256(Arrays.copyOf(slot, macAt + 32)), in.raw(32)), "the checksum");
    return keySet;
  }

  private static byte[] seal(byte[] keySet) {
    return Arrays.copyOfRange(keySet, 66, 98);
  }

  private void checkConfig() throws GeneralSecurityException {
    byte[] config = object("mailkeep-repository");
    SecondCursor in = new SecondCursor(config);
    in.expect("MKRP");
    require(in.u8() == 1, "version 1");
    in.raw(16 + 8);
    require(in.varint() == 0, "no required features");
    byte[] body = Arrays.copyOf(config, in.position());
    byte[] macKey = note("config mac key", hkdf(sealKey, "mailkeep 1 mac config"));
    require(Arrays.equals(hmac(macKey, body), in.raw(32)), "the config's code");
  }

  private void readSegment(String name) throws GeneralSecurityException {
    byte[] object = object(name);
    byte[] header = Arrays.copyOf(object, 40);
    byte[] salt = Arrays.copyOfRange(header, 8, 40);
    byte[] key = note("index segment key", hkdf(sealKey, salt, "mailkeep 1 index", new byte[0]));
    byte[] sealed = Arrays.copyOfRange(object, 40, object.length);
    SecondCursor in = new SecondCursor(open(key, 0, header, sealed));
    for (long left = in.varint(); left > 0; left--) {
      String id = HexFormat.of().formatHex(in.raw(32));
      String pack = "packs/" + id.substring(0, 2) + "/" + id;
      require(in.varint() == object(pack).length, "the pack's length");
      Map<String, Place> named = readTable(in, pack);
      require(named.equals(readTable(new SecondCursor(table(pack)), pack)), "the pack's own table");
      places.putAll(named);
    }
  }

  private byte[] table(String pack) throws GeneralSecurityException {
    byte[] object = object(pack);
    byte[] head = Arrays.copyOf(object, FIRST_BLOCK);
    byte[] footer = Arrays.copyOfRange(object, object.length - 8, object.length);
    SecondCursor in = new SecondCursor(footer);
    int length = in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
    in.expect("KEEP");
    byte[] salt = Arrays.copyOfRange(head, 8, 40);
    byte[] key = note("pack table key", hkdf(sealKey, salt, "mailkeep 1 pack table", new byte[0]));
    byte[] sealed = Arrays.copyOfRange(object, object.length - 8 - length, object.length - 8);
    return open(key, 0, join(head, footer), sealed);
  }

  private static Map<String, Place> readTable(SecondCursor in, String pack) {
    int offset = FIRST_BLOCK;
    List<Place> chunks = new ArrayList<>();
    int blocks = (int) in.varint();
    for (int block = 0; block < blocks; block++) {
      int kind = in.u8();
      require(in.u8() == 0, "a raw block");
      int stored = (int) in.varint();
      int from = 0;
      for (long left = in.varint(); left > 0; left--) {
        int length = (int) in.varint();
        chunks.add(new Place(pack, block, kind, offset, stored, from, length));
        from += length;
      }
      offset += stored;
    }
    Map<String, Place> named = new HashMap<>();
    chunks.forEach(place -> named.put(in.id(), place));
    return named;
  }

  private byte[] objectKey(byte[] object) throws GeneralSecurityException {
    byte[] envelope = Arrays.copyOfRange(object, ENVELOPE, FIRST_BLOCK);
    byte[] session = note("session secret", SecondCrypto.sessionSecret(dataKey, sealKey, envelope));
    byte[] id = Arrays.copyOfRange(object, 8, 40);
    String use = object[5] == 1 ? "pack key" : "snapshot key";
    return note(use, hkdf(session, id, "mailkeep 1 object", new byte[] {object[5]}));
  }

  private byte[] chunk(String id) throws GeneralSecurityException {
    Place place = places.get(id);
    if (place == null) {
      throw new IllegalStateException("a chunk is nowhere");
    }
    byte[] pack = object(place.pack());
    byte[] sealed = Arrays.copyOfRange(pack, place.offset(), place.offset() + place.stored());
    byte[] block = open(objectKey(pack), place.block(), new byte[] {(byte) place.kind()}, sealed);
    byte[] chunk = Arrays.copyOfRange(block, place.from(), place.from() + place.length());
    require(HexFormat.of().formatHex(hmac(idKey, chunk)).startsWith(id), "the chunk's id");
    return chunk;
  }

  /** The content of a file in the only snapshot. */
  byte[] file(String... path) throws GeneralSecurityException {
    byte[] object = object(names("snapshots/").getFirst());
    byte[] covered = Arrays.copyOf(object, FIRST_BLOCK);
    byte[] sealed = Arrays.copyOfRange(object, FIRST_BLOCK, object.length);
    SecondCursor in = new SecondCursor(open(objectKey(object), 0, covered, sealed));
    byte[] root = {};
    while (in.hasMore()) {
      long tag = in.varint();
      byte[] content = in.string();
      if (tag == 3) {
        root = content;
      } else {
        require(tag == 1 || tag % 2 == 0, "no unknown required field");
      }
    }
    Item item = entry(SecondLeaf.items(root), "root");
    for (String name : path) {
      require(item.directory(), "a directory");
      item = entry(SecondLeaf.items(chunk(item.root())), name);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Segment segment : item.segments()) {
      out.writeBytes(text(segment));
    }
    return out.toByteArray();
  }

  private static Item entry(Map<String, Item> items, String name) {
    Item item = items.get(name);
    if (item == null) {
      throw new IllegalStateException("there is no " + name);
    }
    return item;
  }

  private byte[] text(Segment segment) throws GeneralSecurityException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (SecondLeaf.Chunk chunk : segment.chunks()) {
      byte[] bytes = chunk(chunk.id());
      require(bytes.length == chunk.length(), "the chunk's length");
      joined.writeBytes(bytes);
    }
    if (segment.tag() == 0) {
      return joined.toByteArray();
    }
    byte[] lineEnd = (segment.tag() & 1) != 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
    byte[] lines =
        Base64.getMimeEncoder(segment.lineLength(), lineEnd).encode(joined.toByteArray());
    return (segment.tag() & 2) != 0 ? join(lines, lineEnd) : lines;
  }
}
