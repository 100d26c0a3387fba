package org.mailkeep.engine.recover;

import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.RawPath;

/**
 * Which messages to bring back, and where to.
 *
 * @param maildir the live Maildir
 * @param folder only what was in this folder or below it
 * @param wanted which of the messages that are missing
 * @param into the folder for all of them; empty where each goes back to its own
 * @param host the name of this host, for the names of files
 */
public record RecoverSettings(
    RawPath maildir,
    Optional<FolderName> folder,
    MessageFilter wanted,
    Optional<FolderName> into,
    String host) {}
