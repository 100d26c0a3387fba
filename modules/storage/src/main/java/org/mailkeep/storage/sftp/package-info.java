/**
 * Objects as files on a server that speaks SFTP, over the SSH library Apache MINA SSHD, which only
 * this package imports. Speaks version 3 of the protocol, the one that all servers speak
 * (draft-ietf-secsh-filexfer-02), and three extensions of OpenSSH's where they are offered.
 *
 * <h2>Written once, and durable</h2>
 *
 * <p>A put does as the local folder does, in this order:
 *
 * <ol>
 *   <li>make the object's folder;
 *   <li>write a file of a temporary name beside the object's place, made exclusively, mode 0400;
 *   <li>sync it ({@code fsync@openssh.com});
 *   <li>give it the object's name by a hard link ({@code hardlink@openssh.com}), which fails if the
 *       name is taken, in one step for all clients;
 *   <li>sync it once more: SFTP cannot sync a folder, but ext4, XFS and Btrfs write a file's new
 *       name with the file;
 *   <li>remove the temporary name. A server may forbid that, to be append-only; then it stays, and
 *       takes no space of its own.
 * </ol>
 *
 * <p>Without hard links a look and a rename take the place of the link. Version 3 says that a
 * rename onto a name that is taken is an error, and OpenSSH holds to it in one step; a server that
 * does not leaves the moment between look and rename, in which two clients that put one random name
 * at once could both succeed. Without {@code fsync@openssh.com} an object is as durable as the
 * server makes files that were closed.
 *
 * <h2>One connection</h2>
 *
 * <p>All threads share a connection and take turns on at most {@link
 * org.mailkeep.storage.sftp.SftpSessions#CHANNELS} channels of it; each channel does one thing at a
 * time, with up to two megabytes under way. When the connection is lost, what was in progress
 * fails, is repeated by {@link org.mailkeep.storage.RetryingStorage}, and connects anew. Host keys
 * are checked each time.
 */
@NullMarked
package org.mailkeep.storage.sftp;

import org.jspecify.annotations.NullMarked;
