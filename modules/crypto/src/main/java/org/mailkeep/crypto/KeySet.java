package org.mailkeep.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The keys of a repository as one party holds them: {@link FullKeys} to read and write, {@link
 * WriterKeys} to write only. Both name chunks, place cuts, seal new objects, and read and write
 * what is sealed symmetrically. Immutable and safe for use by many threads; {@link #toString} shows
 * no secret.
 */
public abstract sealed class KeySet permits FullKeys, WriterKeys {

  private static final int GEARS = 256;

  final SharedSecrets secrets;
  final List<HybridPublicKey> publicKeys;

  KeySet(SharedSecrets secrets, List<HybridPublicKey> publicKeys) {
    this.secrets = secrets;
    this.publicKeys = List.copyOf(publicKeys);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException if the bytes are no key set, or one of a later version
   */
  public static KeySet decode(byte[] bytes) {
    return KeySetEncoding.decode(bytes);
  }

  /**
   * The key set in bytes, all of them secret. Counts are varints.
   *
   * <pre>
   * version         1   1
   * kind            1   1 full, 2 writer
   * id key         32   names chunks
   * chunker key    32   places the cuts between chunks
   * seal key       32   the root of all symmetric keys
   * count               of data keys, 1 to 256; the last is the current one
   * data keys           full:   X25519 private key (32), ML-KEM-768 seed d || z (64)
   *                     writer: X25519 public key (32), ML-KEM-768 encapsulation key (1,184)
   * checksum        8   the first bytes of SHA-256 over everything before
   * </pre>
   */
  public final byte[] encode() {
    return KeySetEncoding.encode(this);
  }

  /** Which of the two kinds this is. */
  public abstract KeySetKind kind();

  /** A key set that can do what this one can, but not read. */
  public final WriterKeys writer() {
    return new WriterKeys(secrets, publicKeys);
  }

  /** The data keys from the oldest to the current one. */
  public final List<DataKeyId> dataKeys() {
    return publicKeys.stream().map(HybridPublicKey::id).toList();
  }

  /**
   * Whether both are key sets of one repository, at whatever time: they name and cut chunks alike
   * and open each other's tables. One may lack data keys that the other has.
   */
  public final boolean isOfSameRepository(KeySet other) {
    return MessageDigest.isEqual(secrets.encode(), other.secrets.encode());
  }

  /** A namer of chunks for one thread. */
  public final ChunkHasher hasher() {
    return new ChunkHasher(secrets.idKey());
  }

  /**
   * The 256 random numbers with which the chunker weighs bytes: HKDF-SHA-256 (RFC 5869) of the
   * chunker key without salt and with the info "mailkeep 1 gear" gives 2,048 bytes, eight for each
   * number, big-endian.
   */
  public final long[] gearTable() {
    byte[] bytes =
        Hkdf.derive(secrets.chunkerKey(), Hkdf.NO_SALT, Hkdf.info("gear"), GEARS * Long.BYTES);
    long[] gears = new long[GEARS];
    ByteBuffer.wrap(bytes).asLongBuffer().get(gears);
    return gears;
  }

  /** As {@link #startSealing(SecureRandom)}, with the system's random numbers. */
  public final SealingSession startSealing() {
    return startSealing(new SecureRandom());
  }

  /** Begins a process's writing: agrees on a secret with the current data key. */
  public final SealingSession startSealing(SecureRandom random) {
    HybridKem kem = HybridKem.forObjects(secrets.sealKey());
    return new SealingSession(kem.send(publicKeys.getLast(), random), random);
  }

  /**
   * Seals blocks that every holder of a key set may open. To be asked for once for each purpose and
   * id: a second sealer would use the same nonces again.
   */
  public final BlockSealer symmetricSealer(Purpose purpose, ObjectId id) {
    return new BlockSealer(id, ObjectKey.of(secrets.sealKey(), id, purpose));
  }

  /** Opens what a {@link #symmetricSealer} of the same purpose and id sealed. */
  public final BlockOpener symmetricOpener(Purpose purpose, ObjectId id) {
    return new BlockOpener(ObjectKey.of(secrets.sealKey(), id, purpose));
  }

  /**
   * An authentication code of 32 bytes over all parts, joined: HMAC-SHA-256 under HKDF-SHA-256 of
   * the seal key without salt and with the info "mailkeep 1 mac " and the purpose.
   */
  public final byte[] mac(Purpose purpose, byte[]... parts) {
    byte[] key = Hkdf.derive(secrets.sealKey(), Hkdf.NO_SALT, purpose.macInfo(), HmacSha256.LENGTH);
    return HmacSha256.of(key, parts);
  }

  /** Whether {@code mac} is the code over these parts, found in constant time. */
  public final boolean isMac(byte[] mac, Purpose purpose, byte[]... parts) {
    return MessageDigest.isEqual(mac, mac(purpose, parts));
  }

  /** Whether both hold the same keys. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof KeySet that && MessageDigest.isEqual(encode(), that.encode());
  }

  @Override
  public final int hashCode() {
    return publicKeys.hashCode();
  }

  @Override
  public final String toString() {
    return kind() + " keys, current data key " + publicKeys.getLast().id();
  }
}
