package org.mailkeep.engine.find;

import java.util.List;
import java.util.Set;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/**
 * What to look for.
 *
 * @param patterns of which one must fit
 * @param types of which a file must be one; all where empty
 */
public record FindSettings(List<PathPattern> patterns, Set<FoundType> types) {

  /** Copies the collections. */
  public FindSettings {
    patterns = List.copyOf(patterns);
    types = Set.copyOf(types);
  }

  /** Whether what has this name and is no directory may be wanted. */
  boolean mayWantName(byte[] name, int length) {
    return !types.equals(Set.of(FoundType.DIRECTORY)) && mayFit(name, length);
  }

  private boolean mayFit(byte[] name, int length) {
    for (PathPattern pattern : patterns) {
      if (pattern.mayMatchName(name, length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this entry is wanted at some path. */
  boolean mayWant(Entry entry) {
    return isWanted(entry.body()) && mayFit(entry.name().bytes(), entry.name().length());
  }

  private boolean isWanted(Body body) {
    return types.isEmpty() || types.stream().anyMatch(type -> type.is(body));
  }

  /** Whether an entry that {@link #mayWant} let pass is wanted at this path. */
  boolean fits(RawPath path, FileName name) {
    for (PathPattern pattern : patterns) {
      if (pattern.isForNames() ? pattern.matchesName(name) : pattern.matches(path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether something below this directory may be wanted. */
  boolean mayWantBelow(RawPath directory) {
    for (PathPattern pattern : patterns) {
      if (pattern.mayMatchBelow(directory)) {
        return true;
      }
    }
    return false;
  }
}
