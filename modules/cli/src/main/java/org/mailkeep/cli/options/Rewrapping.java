package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySetKind;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPrivateKey;
import org.mailkeep.crypto.RecipientPublicKey;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotSecret;
import org.mailkeep.model.error.KeyException;

/** New slots in the place of old ones, of the same secrets, with a new data key. */
public final class Rewrapping {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RepositoryId repository;
  private final FullKeys keys;
  private final List<KeySlot> slots;
  private final List<KeySlot> coming = new ArrayList<>();
  private final List<KeySlot> leaving = new ArrayList<>();

  /**
   * @param before the keys until now
   * @param slots there are
   */
  public Rewrapping(RepositoryId repository, FullKeys before, List<KeySlot> slots) {
    this.repository = repository;
    this.keys = before.withNewDataKey(RANDOM);
    this.slots = List.copyOf(slots);
  }

  /** The slot that opened the repository, and others of that secret. */
  public void opened(Unlocked key) {
    boolean _ = renew(key.secret());
  }

  /** The slots of a key file. */
  public void keyFile(Path path) {
    if (!renew(KeyFiles.read(path))) {
      throw opensNone("The key file " + path);
    }
  }

  /** The slots of a password. */
  public void passwordFile(Path path) {
    PasswordSource source =
        new PasswordSource(Optional.of(path), Optional.empty(), "MAILKEEP_NEW_PASSWORD");
    try (Passphrase password = source.given().orElseThrow()) {
      if (!renew(password)) {
        throw opensNone("The password in " + path);
      }
    }
  }

  /** The slots of a recipient. */
  public void recipient(Path path) {
    if (!renew(NewSecretOptions.recipient(path))) {
      throw opensNone("The public key " + path);
    }
  }

  private static KeyException opensNone(String what) {
    return new KeyException(
        what + " belongs to no key slot that is still to be renewed",
        "Nothing was changed. See 'mailkeep key list'.");
  }

  private boolean renew(SlotSecret secret) {
    if (secret instanceof RecipientPrivateKey key) {
      return renew(key.publicKey());
    }
    boolean any = false;
    for (KeySlot slot : slots) {
      if (!leaving.contains(slot) && slot.open(secret).isPresent()) {
        NewSlot content = content(slot);
        replace(
            slot,
            switch (secret) {
              case KeyFile file -> content.lock(file, RANDOM);
              case Passphrase password -> content.lock(password, PassphraseCost.current(), RANDOM);
              case RecipientPrivateKey key -> content.lock(key.publicKey(), RANDOM);
            });
        any = true;
      }
    }
    return any;
  }

  private boolean renew(RecipientPublicKey recipient) {
    boolean any = false;
    for (KeySlot slot : slots) {
      if (!leaving.contains(slot) && slot.isFor(recipient) && slot.isAuthentic(keys)) {
        replace(slot, content(slot).lock(recipient, RANDOM));
        any = true;
      }
    }
    return any;
  }

  private NewSlot content(KeySlot slot) {
    KeySet set = slot.holds() == KeySetKind.FULL ? keys : keys.writer();
    return new NewSlot(repository, set, slot.label(), Instant.now());
  }

  private void replace(KeySlot old, KeySlot renewed) {
    leaving.add(old);
    coming.add(renewed);
  }

  /** The slots to be added. */
  public List<KeySlot> coming() {
    return List.copyOf(coming);
  }

  /** The slots to be removed then. */
  public List<KeySlot> leaving() {
    return List.copyOf(leaving);
  }

  /** The new data key's id. */
  public String dataKey() {
    return keys.dataKeys().getLast().toString();
  }
}
