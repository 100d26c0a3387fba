package org.mailkeep.repository.snapshot;

import org.mailkeep.model.ObjectId;
import org.mailkeep.model.snapshot.Manifest;

/**
 * A snapshot in the repository.
 *
 * @param id its id
 * @param manifest what it says of itself
 */
public record Snapshot(ObjectId id, Manifest manifest) {}
