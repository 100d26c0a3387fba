package org.mailkeep.engine.backup;

import java.util.List;

/** Messages that were seen in a directory, for as long as somebody asks for them. */
interface SeenMessages extends AutoCloseable {

  /** None. */
  SeenMessages NONE =
      new SeenMessages() {
        @Override
        public List<Iterable<Sighting>> sightings() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  /** All that were seen, in parts that are each in the order of {@link Sighting#ORDER}. */
  List<Iterable<Sighting>> sightings();

  @Override
  void close();
}
