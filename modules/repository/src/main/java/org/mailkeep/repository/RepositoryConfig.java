package org.mailkeep.repository;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.storage.ObjectName;

/**
 * The object {@code mailkeep-repository}, the only one that can be read without a key. Magic
 * "MKRP", format version, repository id (16 bytes), time of creation (seconds since 1970, eight
 * bytes), number of required features and their names; then HMAC-SHA-256 over all that with the
 * repository's key for {@link Purpose#CONFIG}; then SHA-256 over all that, which tells damage from
 * a wrong password before any key is known.
 *
 * @param id the repository's id
 * @param created when it was made, in whole seconds
 * @param features names of what a program must know to use it; none so far
 * @param body the bytes that the code covers
 * @param code the authentication code
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepositoryConfig(
    RepositoryId id, Instant created, List<String> features, byte[] body, byte[] code) {

  /** Where it stands. */
  public static final ObjectName NAME = ObjectName.of("mailkeep-repository");

  private static final int MAGIC = 0x4d4b5250;
  private static final int VERSION = 1;
  private static final int DIGEST = 32;
  private static final int MAX_FEATURES = 64;

  /** Copies the list. */
  public RepositoryConfig {
    features = List.copyOf(features);
  }

  /** The configuration of a new repository. */
  public static RepositoryConfig create(RepositoryId id, Instant created, KeySet keys) {
    Instant time = created.truncatedTo(ChronoUnit.SECONDS);
    ByteWriter out = new ByteWriter();
    out.u32(MAGIC).u8(VERSION);
    id.write(out);
    out.u64(time.getEpochSecond()).varint(0);
    byte[] body = out.toByteArray();
    return new RepositoryConfig(id, time, List.of(), body, keys.mac(Purpose.CONFIG, body));
  }

  /** The object's bytes. */
  public byte[] encode() {
    byte[] covered = new ByteWriter().raw(body).raw(code).toByteArray();
    return new ByteWriter().raw(covered).raw(sha256(covered)).toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws DamagedException where it is not that
   * @throws TooNewException where a newer program is needed
   */
  public static RepositoryConfig decode(byte[] object) {
    try {
      ByteReader in = new ByteReader(object);
      if (in.u32() != MAGIC) {
        throw new MalformedException("it does not begin as a repository does");
      }
      int version = in.u8();
      if (version > VERSION) {
        throw new TooNewException(
            NAME.toString(), "format version " + version + ", known is " + VERSION);
      }
      checkDigest(object);
      if (version < VERSION) {
        throw new MalformedException("there is no format version " + version);
      }
      RepositoryId id = RepositoryId.read(in);
      Instant created = Instant.ofEpochSecond(in.u64());
      List<String> features = readFeatures(in);
      byte[] body = Arrays.copyOf(object, object.length - in.remaining());
      byte[] code = in.raw(DIGEST);
      in.raw(DIGEST);
      in.end();
      return new RepositoryConfig(id, created, features, body, code);
    } catch (MalformedException | java.time.DateTimeException e) {
      throw new DamagedException(NAME.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static List<String> readFeatures(ByteReader in) {
    List<String> features = new ArrayList<>();
    for (int left = in.count(MAX_FEATURES); left > 0; left--) {
      features.add(in.string(255));
    }
    if (!features.isEmpty()) {
      throw new TooNewException(NAME.toString(), "it requires " + String.join(", ", features));
    }
    return features;
  }

  private static void checkDigest(byte[] object) {
    int end = Math.max(0, object.length - DIGEST);
    byte[] digest = sha256(Arrays.copyOf(object, end));
    if (!Arrays.equals(digest, 0, DIGEST, object, end, object.length)) {
      throw new MalformedException("its checksum is wrong");
    }
  }

  /**
   * Checks that a holder of the keys wrote this.
   *
   * @throws DamagedException where not
   */
  public void prove(KeySet keys) {
    if (!keys.isMac(code, Purpose.CONFIG, body)) {
      throw new DamagedException(NAME.toString(), "it was not written by a holder of the keys");
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
