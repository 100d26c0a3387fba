package org.mailkeep.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/** Version 1 of the bytes of a key set, laid down at {@link KeySet#encode}. */
final class KeySetEncoding {

  private static final int VERSION = 1;

  /** How many data keys a key set can have. */
  static final int MAX_DATA_KEYS = 256;

  private static final int CHECKSUM = 8;

  private KeySetEncoding() {}

  static byte[] encode(KeySet keys) {
    ByteWriter out = new ByteWriter(2048).u8(VERSION).u8(keys.kind().code());
    keys.secrets.write(out);
    out.varint(keys.publicKeys.size());
    switch (keys) {
      case FullKeys full -> full.privateKeys.forEach(key -> key.write(out));
      case WriterKeys writer -> writer.publicKeys.forEach(key -> key.write(out));
    }
    return out.raw(Sha256.prefix(out.toByteArray(), CHECKSUM)).toByteArray();
  }

  /** How many data keys an encoding of this length holds; 0 if there is none of this length. */
  static int dataKeys(KeySetKind kind, int length) {
    int each = kind == KeySetKind.FULL ? HybridPrivateKey.LENGTH : HybridPublicKey.LENGTH;
    for (int count = 1; count <= MAX_DATA_KEYS; count++) {
      int size = 2 + SharedSecrets.ALL + (count < 128 ? 1 : 2) + count * each + CHECKSUM;
      if (size == length) {
        return count;
      }
    }
    return 0;
  }

  static KeySet decode(byte[] bytes) {
    ByteReader in = new ByteReader(checked(bytes), 0, bytes.length - CHECKSUM);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedException("no version of key sets: " + version);
    }
    KeySetKind kind = KeySetKind.of(in.u8());
    SharedSecrets secrets = SharedSecrets.read(in);
    KeySet keys =
        switch (kind) {
          case FULL -> new FullKeys(secrets, dataKeys(in, HybridPrivateKey::read));
          case WRITER -> new WriterKeys(secrets, dataKeys(in, HybridPublicKey::read));
        };
    in.end();
    return keys;
  }

  private static byte[] checked(byte[] bytes) {
    int end = bytes.length - CHECKSUM;
    if (end < 0) {
      throw new MalformedException("a key set ends too early");
    }
    byte[] sum = Arrays.copyOfRange(bytes, end, bytes.length);
    if (!MessageDigest.isEqual(sum, Arrays.copyOf(Sha256.of(bytes, end), CHECKSUM))) {
      throw new MalformedException("a key set's checksum does not match");
    }
    return bytes;
  }

  private static <K> List<K> dataKeys(ByteReader in, Function<ByteReader, K> read) {
    int count = in.count(MAX_DATA_KEYS);
    if (count == 0) {
      throw new MalformedException("a key set has no data key");
    }
    List<K> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(read.apply(in));
    }
    return keys;
  }
}
