package org.mailkeep.engine.sort;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through elements, and tells the next one before it is taken. For one thread. */
public final class Peeking<T> implements Iterator<T> {

  private final Iterator<T> elements;
  private @Nullable T next;

  /** Goes on where {@code elements} is. */
  public Peeking(Iterator<T> elements) {
    this.elements = elements;
  }

  @Override
  public boolean hasNext() {
    return next != null || elements.hasNext();
  }

  /** The next one, which stays the next one; empty at the end. */
  public Optional<T> peek() {
    if (next == null && elements.hasNext()) {
      next = elements.next();
    }
    return Optional.ofNullable(next);
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T taken = next != null ? next : elements.next();
    next = null;
    return Objects.requireNonNull(taken);
  }
}
