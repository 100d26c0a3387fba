package org.mailkeep.crypto;

/** What a person or a host keeps to open a key slot. */
public sealed interface SlotSecret permits Passphrase, KeyFile, RecipientPrivateKey {}
