package org.mailkeep.crypto;

import java.util.List;

/**
 * The keys of a party that adds to a repository and cannot read the content in it: it holds only
 * the public parts of the data keys.
 */
public final class WriterKeys extends KeySet {

  WriterKeys(SharedSecrets secrets, List<HybridPublicKey> publicKeys) {
    super(secrets, publicKeys);
  }

  @Override
  public KeySetKind kind() {
    return KeySetKind.WRITER;
  }
}
