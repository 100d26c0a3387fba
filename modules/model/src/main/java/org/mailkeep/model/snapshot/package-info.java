/**
 * Snapshot manifests: what was backed up, when, from where, and where its tree begins. Written
 * last, a manifest is what makes a backup exist.
 */
@NullMarked
package org.mailkeep.model.snapshot;

import org.jspecify.annotations.NullMarked;
