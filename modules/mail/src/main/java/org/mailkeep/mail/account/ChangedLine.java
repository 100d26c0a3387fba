package org.mailkeep.mail.account;

/**
 * A line that was rewritten. Of its text only the key is kept, for a line may hold a password.
 *
 * @param number which line, counted from 1
 * @param key its first field, such as {@code +example.com-}, as lossless text
 */
public record ChangedLine(long number, String key) {}
