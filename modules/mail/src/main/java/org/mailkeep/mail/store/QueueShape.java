package org.mailkeep.mail.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.model.FileName;

/**
 * A qmail queue, known by its directories (qmail's INTERNALS and hier.c): {@code mess}, {@code
 * info}, {@code local} and {@code remote} are each split into 0 to {@code conf-split} - 1; beside
 * them stand {@code lock}, {@code todo} and {@code intd}. Other directories may be there too:
 * {@code bounce}, {@code pid}, and those of patched qmails.
 *
 * @param split the number of split directories, 23 unless qmail was built otherwise
 * @param bigTodo whether {@code todo} and {@code intd} are split too (the big-todo patch)
 */
public record QueueShape(int split, boolean bigTodo) {

  private static final List<FileName> SPLIT = names("mess", "info", "local", "remote");
  private static final List<FileName> FLAT = names("lock", "todo", "intd");

  private static List<FileName> names(String... names) {
    return List.of(names).stream().map(FileName::of).toList();
  }

  /**
   * Whether a directory has all parts of a queue, be they as qmail made them or not. For who would
   * remove something: a damaged queue still holds mail.
   */
  public static boolean hasParts(Listing directory) {
    return Stream.concat(SPLIT.stream(), FLAT.stream())
        .allMatch(name -> directory.has(name, EntryType.DIRECTORY));
  }

  /** The shape of the queue whose directory this is; empty if it is no queue. */
  public static Optional<QueueShape> of(Listing directory) {
    if (!hasParts(directory)) {
      return Optional.empty();
    }
    int split = 0;
    for (FileName name : SPLIT) {
      OptionalInt count = splitOf(directory, name);
      if (count.isEmpty() || (split != 0 && split != count.getAsInt())) {
        return Optional.empty();
      }
      split = count.getAsInt();
    }
    OptionalInt todo = splitOf(directory, FLAT.get(1));
    return Optional.of(new QueueShape(split, todo.isPresent() && todo.getAsInt() == split));
  }

  /** How many directories 0, 1, 2 … there are, if there is no other directory and no gap. */
  private static OptionalInt splitOf(Listing queue, FileName name) {
    Optional<Listing> directory = queue.child(name);
    if (directory.isEmpty()) {
      return OptionalInt.empty();
    }
    int count = 0;
    int highest = -1;
    for (FileName child : directory.get().names()) {
      if (!directory.get().has(child, EntryType.DIRECTORY)) {
        continue;
      }
      if (child.length() > 6 || !NamePattern.isNumber(child, 0)) {
        return OptionalInt.empty();
      }
      count++;
      highest = Math.max(highest, Integer.parseInt(child.text()));
    }
    return count > 0 && highest == count - 1 ? OptionalInt.of(count) : OptionalInt.empty();
  }
}
