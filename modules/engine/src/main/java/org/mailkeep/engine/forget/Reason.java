package org.mailkeep.engine.forget;

import java.util.Locale;
import org.mailkeep.model.ObjectId;

/** Why a snapshot stays. */
public sealed interface Reason {

  /** In words, for a person and for scripts. */
  String text();

  /** The letter that stands for it in a calendar. */
  char letter();

  /** It is the newest of a period. */
  record NewestOf(Period period) implements Reason {
    @Override
    public String text() {
      return period.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public char letter() {
      return period.letter();
    }
  }

  /** It is not old enough. */
  record Within() implements Reason {
    @Override
    public String text() {
      return "within";
    }

    @Override
    public char letter() {
      return 'w';
    }
  }

  /** It has a tag that is kept. */
  record Tagged(String tag) implements Reason {
    @Override
    public String text() {
      return "tag " + tag;
    }

    @Override
    public char letter() {
      return 't';
    }
  }

  /** The user pinned it. */
  record Pinned() implements Reason {
    @Override
    public String text() {
      return "pinned";
    }

    @Override
    public char letter() {
      return 'P';
    }
  }

  /** Its source has no other. */
  record LastOfSource() implements Reason {
    @Override
    public String text() {
      return "last of its source";
    }

    @Override
    public char letter() {
      return 'L';
    }
  }

  /** After it much vanished or changed, and nobody has accepted that. */
  record BeforeMassChange(ObjectId marked) implements Reason {
    @Override
    public String text() {
      return "before the mass change in " + marked.shortForm();
    }

    @Override
    public char letter() {
      return '!';
    }
  }

  /** In it much vanished or changed, and nobody has accepted that. */
  record MassChange() implements Reason {
    @Override
    public String text() {
      return "mass change, not accepted";
    }

    @Override
    public char letter() {
      return '!';
    }
  }
}
