package org.mailkeep.repository.index;

import java.util.Comparator;
import org.mailkeep.model.ObjectId;

/**
 * Tells blocks apart, and puts those of one pack together in the order in which they stand there.
 *
 * @param pack the pack that holds it
 * @param number its number in the pack, from 0
 */
public record BlockKey(ObjectId pack, int number) implements Comparable<BlockKey> {

  private static final Comparator<BlockKey> ORDER =
      Comparator.comparing(BlockKey::pack).thenComparingInt(BlockKey::number);

  @Override
  public int compareTo(BlockKey other) {
    return ORDER.compare(this, other);
  }
}
