package org.mailkeep.engine.restore;

import java.util.List;
import java.util.Locale;
import org.mailkeep.mail.followup.FollowUp;

/**
 * Something that the administrator must do after a restore.
 *
 * @param topic what it is about, one word or two with an underscore; the words are stable
 * @param text why, one or two sentences
 * @param commands what to run on the system that the files are for, the first of them where there
 *     are many; none where it is no matter of commands
 * @param more how many commands there are beside these
 */
public record NextStep(String topic, String text, List<String> commands, long more) {
  /** Copies the list. */
  public NextStep {
    commands = List.copyOf(commands);
  }

  static NextStep of(FollowUp followUp) {
    FollowUp.Topic topic = followUp.topic();
    return new NextStep(
        topic.name().toLowerCase(Locale.ROOT), topic.text(), followUp.commands(), followUp.more());
  }
}
