package org.mailkeep.web.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.engine.recover.StoredMessage;

/**
 * Some messages of a folder, those that were delivered last first.
 *
 * @param messages the messages
 * @param all how many there are in the folder
 */
public record FolderPage(List<StoredMessage> messages, int all) {

  private static final Comparator<StoredMessage> NEWEST_FIRST =
      Comparator.comparing(StoredMessage::delivered)
          .reversed()
          .thenComparing(message -> message.entry().name());

  /** Copies the list. */
  public FolderPage {
    messages = List.copyOf(messages);
  }

  /**
   * Finds them by the times of all, which are a number each; the folder is gone through twice, and
   * no more messages are held than are asked for, but for those of the very same second.
   */
  public static FolderPage of(
      StoredMailbox mailbox, StoredMailbox.Folder folder, int skip, int most) {
    long[] times = times(mailbox, folder);
    if (skip >= times.length) {
      return new FolderPage(List.of(), times.length);
    }
    int end = Math.min(times.length, skip + most);
    long latest = times[times.length - 1 - skip];
    long earliest = times[times.length - end];
    List<StoredMessage> found = new ArrayList<>();
    mailbox.forEach(
        folder,
        new Cancellation(),
        message -> {
          long time = message.delivered().getEpochSecond();
          if (time >= earliest && time <= latest) {
            found.add(message);
          }
        });
    found.sort(NEWEST_FIRST);
    int later = later(times, latest);
    return new FolderPage(
        found.subList(skip - later, Math.min(found.size(), end - later)), times.length);
  }

  private static long[] times(StoredMailbox mailbox, StoredMailbox.Folder folder) {
    long[][] times = {new long[1024]};
    int[] count = {0};
    mailbox.forEach(
        folder,
        new Cancellation(),
        message -> {
          if (count[0] == times[0].length) {
            times[0] = Arrays.copyOf(times[0], 2 * count[0]);
          }
          times[0][count[0]++] = message.delivered().getEpochSecond();
        });
    long[] all = Arrays.copyOf(times[0], count[0]);
    Arrays.sort(all);
    return all;
  }

  /** How many of these times, in order, are later than this one. */
  private static int later(long[] times, long time) {
    int count = 0;
    while (count < times.length && times[times.length - 1 - count] > time) {
      count++;
    }
    return count;
  }
}
