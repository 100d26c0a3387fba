package org.mailkeep.cli.options;

import java.util.function.Supplier;
import org.mailkeep.crypto.Argon2Cost;

/** What guessing a passphrase costs that the program locks something with. */
public final class PassphraseCost {

  private static final ScopedValue<Argon2Cost> GIVEN = ScopedValue.newInstance();

  private PassphraseCost() {}

  /** The default, unless {@link #lockingWith} has set another for this thread. */
  static Argon2Cost current() {
    return GIVEN.orElse(Argon2Cost.DEFAULT);
  }

  /** Has all that {@code action} locks cost this much. No option sets it: the cost is no choice. */
  public static <T> T lockingWith(Argon2Cost cost, Supplier<T> action) {
    return ScopedValue.where(GIVEN, cost).call(action::get);
  }
}
