package org.mailkeep.testkit.property;

/**
 * A damaged copy.
 *
 * @param what the damage in words, for the failure message
 * @param bytes the copy; the receiver may change it
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record Mutation(String what, byte[] bytes) {}
