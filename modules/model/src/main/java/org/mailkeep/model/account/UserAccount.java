package org.mailkeep.model.account;

/**
 * A user as passwd(5) has it, but for the password.
 *
 * @param name the name to log in with
 * @param uid its number, unsigned 32 bits
 * @param gid the number of its own group, unsigned 32 bits
 * @param gecos the comment: a full name, mostly
 * @param home the home directory
 * @param shell the program to log in to; empty means the system's usual one
 */
public record UserAccount(String name, int uid, int gid, String gecos, String home, String shell) {}
