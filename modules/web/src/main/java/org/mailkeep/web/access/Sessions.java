package org.mailkeep.web.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is logged in. A few sessions at a time; the one that was used least lately makes room. Safe
 * for use by many threads.
 */
public final class Sessions {

  /** How long a session is kept at most. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** How long a session is kept that nobody uses. */
  public static final Duration IDLE = Duration.ofHours(2);

  private static final int MOST = 32;

  private final InstantSource clock;
  private final List<Open> open = new ArrayList<>();

  /** None yet. */
  public Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A session.
   *
   * @param key what the browser's cookie holds
   * @param formWord what each form of its pages carries
   */
  public record Session(Secret key, Secret formWord) {}

  private static final class Open {
    private final Session session;
    private final Instant begun;
    private Instant used;

    Open(Session session, Instant now) {
      this.session = session;
      this.begun = now;
      this.used = now;
    }
  }

  /** Begins one. */
  public synchronized Session begin() {
    Session session = new Session(Secret.random(), Secret.random());
    open.add(new Open(session, clock.instant()));
    if (open.size() > MOST) {
      open.removeFirst();
    }
    return session;
  }

  /** The session of this key, if it goes on. */
  public synchronized Optional<Session> find(String key) {
    Instant now = clock.instant();
    open.removeIf(
        one -> one.begun.plus(LONGEST).isBefore(now) || one.used.plus(IDLE).isBefore(now));
    for (Open one : open) {
      if (one.session.key().is(key)) {
        one.used = now;
        open.remove(one);
        open.add(one);
        return Optional.of(one.session);
      }
    }
    return Optional.empty();
  }

  /** Ends one. */
  public synchronized void end(Session session) {
    open.removeIf(one -> one.session.equals(session));
  }
}
