package org.mailkeep.repository.tree;

import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;

/**
 * A node with its bytes.
 *
 * @param level 0 for a leaf
 * @param first the first name in it; empty only for the leaf of an empty directory
 * @param id its id
 * @param bytes its encoding
 * @param entries the number of entries in a leaf, or of children in a branch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredNode(int level, FileName first, ChunkId id, byte[] bytes, int entries) {}
