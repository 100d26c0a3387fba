package org.mailkeep.storage;

/**
 * An object as a listing shows it.
 *
 * @param size its length in bytes
 */
public record StoredObject(ObjectName name, long size) {}
