package org.mailkeep.engine.account;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A user or group of a snapshot, and what this host makes of it.
 *
 * @param kind which of the two
 * @param name its name in the snapshot; empty where it has none
 * @param number its number in the snapshot, unsigned 32 bits
 * @param numberHere the number that this host has for the name
 * @param nameHere the name that this host has for the number
 * @param remarks what else differs, for a person; it hinders no restore
 */
public record AccountFinding(
    Kind kind,
    String name,
    int number,
    OptionalInt numberHere,
    Optional<String> nameHere,
    List<String> remarks) {

  /** What an account is. */
  public enum Kind {
    USER,
    GROUP;

    /** The word for it. */
    public String word() {
      return this == USER ? "user" : "group";
    }
  }

  /** How the two go together. */
  public enum State {
    /** The name has the number here too. */
    SAME,
    /** Neither the name nor the number is known here. */
    MISSING,
    /** The name has another number here, whoever the number belongs to. */
    OTHER_NUMBER,
    /** The name is unknown here, and the number belongs to another name. */
    TAKEN,
    /** The snapshot has no name for the number: a number is all that it was there. */
    UNNAMED
  }

  /** Copies the list. */
  public AccountFinding {
    remarks = List.copyOf(remarks);
  }

  /** How the two go together. */
  public State state() {
    if (name.isEmpty()) {
      return State.UNNAMED;
    }
    if (numberHere.isPresent()) {
      return numberHere.getAsInt() == number ? State.SAME : State.OTHER_NUMBER;
    }
    return nameHere.isPresent() ? State.TAKEN : State.MISSING;
  }

  /** Whether the host should be changed before the snapshot is restored by number. */
  public boolean isMismatch() {
    return state() != State.SAME && state() != State.UNNAMED;
  }

  /** Whether files restored by number would belong to somebody else than they did. */
  public boolean isConflict() {
    return state() == State.OTHER_NUMBER || state() == State.TAKEN;
  }
}
