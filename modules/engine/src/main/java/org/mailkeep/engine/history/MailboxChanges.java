package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mailkeep.model.FileName;

/** What has come to and gone from places in one mailbox between two snapshots. */
final class MailboxChanges {

  private final List<PlacedMessage> added = new ArrayList<>();
  private final Map<FileName, List<MessagePlace>> removed = new HashMap<>();

  void added(PlacedMessage message) {
    added.add(message);
  }

  void removed(FileName base, MessagePlace place) {
    removed.computeIfAbsent(base, _ -> new ArrayList<>(1)).add(place);
  }

  /**
   * Calls back with each message that came, together with the place that it came from if it was in
   * the mailbox before, and then with each that went and came nowhere.
   */
  void forEach(
      BiConsumer<PlacedMessage, Optional<MessagePlace>> came,
      BiConsumer<FileName, MessagePlace> went) {
    // A copy that stayed in its folder is not the one that moved there.
    List<PlacedMessage> elsewhere = new ArrayList<>();
    for (PlacedMessage message : added) {
      Optional<MessagePlace> same = take(message, true);
      if (same.isPresent()) {
        came.accept(message, same);
      } else {
        elsewhere.add(message);
      }
    }
    elsewhere.forEach(message -> came.accept(message, take(message, false)));
    removed.forEach((base, places) -> places.forEach(place -> went.accept(base, place)));
  }

  private Optional<MessagePlace> take(PlacedMessage message, boolean sameFolder) {
    List<MessagePlace> places = removed.getOrDefault(message.base(), List.of());
    Optional<MessagePlace> found =
        places.stream()
            .filter(place -> !sameFolder || place.isSameFolder(message.place()))
            .findFirst();
    found.ifPresent(places::remove);
    return found;
  }
}
