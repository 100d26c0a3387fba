package org.mailkeep.engine.sort;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where sorts put what they do not hold in memory.
 *
 * @param folder for files that have no name once they are open, and are gone with the process
 * @param held how many elements of each sort are held in memory
 */
public record SortSpace(Path folder, int held) {

  /** As many as the large folders of most servers have, and some five megabytes of objects. */
  private static final int HELD = 8192;

  /** Room in this folder. */
  public static SortSpace in(Path folder) {
    return new SortSpace(folder, HELD);
  }

  /** Begins a sort in this order. */
  public <T> SortedRuns<T> sort(Comparator<? super T> order, RunCodec<T> codec) {
    return new SortedRuns<>(this, order, codec);
  }
}
