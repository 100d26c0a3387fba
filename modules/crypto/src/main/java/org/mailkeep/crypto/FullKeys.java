package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailkeep.model.error.RefusedException;

/** The keys of a party that reads and writes. */
public final class FullKeys extends KeySet {

  final List<HybridPrivateKey> privateKeys;

  FullKeys(SharedSecrets secrets, List<HybridPrivateKey> privateKeys) {
    super(secrets, privateKeys.stream().map(HybridPrivateKey::publicKey).toList());
    this.privateKeys = List.copyOf(privateKeys);
  }

  /** The keys of a new repository. */
  public static FullKeys generate(SecureRandom random) {
    return new FullKeys(SharedSecrets.generate(random), List.of(HybridPrivateKey.generate(random)));
  }

  /**
   * These keys and a new current data key; what was sealed to the old ones still opens.
   *
   * @throws RefusedException where there are as many as there can be
   */
  public FullKeys withNewDataKey(SecureRandom random) {
    if (privateKeys.size() >= KeySetEncoding.MAX_DATA_KEYS) {
      throw new RefusedException(
          "The repository has had " + privateKeys.size() + " data keys, and can have no more",
          "Copy it to a new repository with keys of its own.");
    }
    List<HybridPrivateKey> more = new ArrayList<>(privateKeys);
    more.add(HybridPrivateKey.generate(random));
    return new FullKeys(secrets, more);
  }

  /** Opens what was sealed to any of the data keys. One for all threads is best. */
  public Opener opener() {
    Map<DataKeyId, HybridPrivateKey> byId =
        privateKeys.stream()
            .collect(Collectors.toMap(key -> key.publicKey().id(), Function.identity()));
    return new Opener(secrets.sealKey(), byId);
  }

  @Override
  public KeySetKind kind() {
    return KeySetKind.FULL;
  }
}
