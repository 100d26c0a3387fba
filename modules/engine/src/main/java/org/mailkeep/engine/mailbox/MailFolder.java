package org.mailkeep.engine.mailbox;

import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.RawPath;

/**
 * A folder of a mailbox.
 *
 * @param name what people call it
 * @param path its directory, which holds cur, new and tmp
 */
public record MailFolder(FolderName name, RawPath path) {}
