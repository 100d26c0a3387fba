package org.mailkeep.cli.options;

import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.SlotSecret;

/**
 * What opened a repository.
 *
 * @param slot the slot
 * @param keys what is in it
 * @param secret what opened it
 */
public record Unlocked(KeySlot slot, KeySet keys, SlotSecret secret) {

  /** Wipes the secret, if it is one that a person knows. */
  public void wipe() {
    if (secret instanceof Passphrase passphrase) {
      passphrase.close();
    }
  }
}
