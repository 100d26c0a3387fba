package org.mailkeep.engine.verify;

import org.mailkeep.model.ObjectId;

/** Which packs a check reads. */
public sealed interface DataSubset {

  /** None: a check of the structure alone. */
  static DataSubset nothing() {
    return new Share(0);
  }

  /** All. */
  static DataSubset all() {
    return new Share(1);
  }

  /**
   * A share of all bytes, those first that were not read for the longest time.
   *
   * @param share 0 to 1
   */
  record Share(double share) implements DataSubset {}

  /**
   * So many bytes, those first that were not read for the longest time.
   *
   * @param bytes 1 or more; at least one pack is read
   */
  record Size(long bytes) implements DataSubset {}

  /**
   * One of several parts that together are all packs. Which part a pack is in follows from its id
   * alone.
   *
   * @param part 1 to {@code parts}
   * @param parts 1 or more
   */
  record Part(int part, int parts) implements DataSubset {

    boolean contains(ObjectId pack) {
      return Long.remainderUnsigned(pack.a(), parts) == part - 1;
    }
  }

  /**
   * Whether a pack is to be read.
   *
   * @param before how many bytes have been chosen before
   * @param total how many bytes there are
   */
  default boolean has(ObjectId pack, long before, long total) {
    return switch (this) {
      // By no count of bytes: a pack that is empty now adds none, and is to be read all the same.
      case Share share when share.share() >= 1 -> true;
      case Part part -> part.contains(pack);
      default -> before < bytes(total);
    };
  }

  private long bytes(long total) {
    return switch (this) {
      case Share share -> share.share() >= 1 ? total : (long) Math.ceil(total * share.share());
      case Size size -> size.bytes();
      case Part part -> total / part.parts();
    };
  }
}
