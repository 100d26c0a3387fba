package org.mailkeep.engine.history;

import java.util.Optional;

/**
 * What a message was from one snapshot on.
 *
 * @param snapshot the number of the first snapshot that shows it so
 * @param place where it was; empty where it was gone
 */
public record LifeState(int snapshot, Optional<MessagePlace> place) {}
