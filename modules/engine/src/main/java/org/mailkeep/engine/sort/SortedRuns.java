package org.mailkeep.engine.sort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.StorageException;

/**
 * Elements in an order of their own, however many. Of equal ones only that stays which was added
 * last. To be read when all are added, as often as need be. For one thread at a time.
 */
public final class SortedRuns<T> implements Iterable<T>, AutoCloseable {

  /** Elements that are read from a run at once: few, for there may be hundreds of runs. */
  private static final int BLOCK = 32;

  private final SortSpace space;
  private final Comparator<? super T> order;
  private final RunCodec<T> codec;
  private final List<T> held = new ArrayList<>();
  private @Nullable RunFile file;

  SortedRuns(SortSpace space, Comparator<? super T> order, RunCodec<T> codec) {
    this.space = space;
    this.order = order;
    this.codec = codec;
  }

  /**
   * Adds an element.
   *
   * @throws StorageException where there is no room for what does not fit in memory
   */
  public void add(T element) {
    held.add(element);
    if (held.size() >= space.held()) {
      writeRun();
    }
  }

  private void writeRun() {
    RunFile open = file;
    if (open == null) {
      open = RunFile.create(space.folder());
      file = open;
    }
    try (RunFile.Run run = open.begin()) {
      List<T> block = new ArrayList<>(BLOCK);
      Consumer<T> last =
          element -> {
            block.add(element);
            if (block.size() == BLOCK) {
              run.add(codec.encode(block));
              block.clear();
            }
          };
      heldInOrder().forEachRemaining(last);
      if (!block.isEmpty()) {
        run.add(codec.encode(block));
      }
    }
    held.clear();
  }

  private Iterator<T> heldInOrder() {
    // The sort is stable, so of equal elements the one added last comes last.
    held.sort(order);
    return new Distinct(held.iterator());
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return held.isEmpty() && file == null;
  }

  @Override
  public Iterator<T> iterator() {
    RunFile open = file;
    if (open == null) {
      return heldInOrder();
    }
    List<Iterator<T>> runs = new ArrayList<>();
    for (Iterator<byte[]> blocks : open.runs()) {
      runs.add(new Blocks(blocks));
    }
    runs.add(heldInOrder());
    return new Distinct(new Merge(runs));
  }

  /** The elements of one run. */
  private final class Blocks implements Iterator<T> {
    private final Iterator<byte[]> blocks;
    private Iterator<T> here = List.<T>of().iterator();

    Blocks(Iterator<byte[]> blocks) {
      this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
      return here.hasNext() || blocks.hasNext();
    }

    @Override
    public T next() {
      if (!here.hasNext()) {
        here = codec.decode(blocks.next()).iterator();
      }
      return here.next();
    }
  }

  /** Of several sorted runs the smallest element first; of equal ones that of the earliest run. */
  private final class Merge implements Iterator<T> {
    private final PriorityQueue<Head> heads;

    private final class Head implements Comparable<Head> {
      private final int run;
      private final Iterator<T> rest;
      private T first;

      Head(int run, Iterator<T> rest) {
        this.run = run;
        this.rest = rest;
        this.first = rest.next();
      }

      @Override
      public int compareTo(Head other) {
        int byElement = order.compare(first, other.first);
        return byElement != 0 ? byElement : Integer.compare(run, other.run);
      }
    }

    Merge(List<Iterator<T>> runs) {
      heads = new PriorityQueue<>(runs.size());
      for (int run = 0; run < runs.size(); run++) {
        if (runs.get(run).hasNext()) {
          heads.add(new Head(run, runs.get(run)));
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public T next() {
      Head head = heads.remove();
      T element = head.first;
      if (head.rest.hasNext()) {
        head.first = head.rest.next();
        heads.add(head);
      }
      return element;
    }
  }

  /** Of neighbours that are equal the last one. */
  private final class Distinct implements Iterator<T> {
    private final Peeking<T> elements;

    Distinct(Iterator<T> elements) {
      this.elements = new Peeking<>(elements);
    }

    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public T next() {
      T last = elements.next();
      while (isRepeated(last)) {
        last = elements.next();
      }
      return last;
    }

    private boolean isRepeated(T element) {
      return elements.peek().filter(next -> order.compare(element, next) == 0).isPresent();
    }
  }

  @Override
  public void close() {
    held.clear();
    RunFile open = file;
    if (open != null) {
      open.close();
    }
  }
}
