package org.mailkeep.engine.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.RawText;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The holes of a file in GNU's PAX formats 0.0, where records of offsets and lengths take turns,
 * and 0.1, where one record has them all.
 */
final class PaxSparse {

  private final List<Long> numbers = new ArrayList<>();

  /** Takes a record. */
  void record(String key, byte[] value) {
    switch (key) {
      case "GNU.sparse.offset", "GNU.sparse.numbytes" -> add(RawText.decode(value));
      case "GNU.sparse.map" -> {
        for (String number : RawText.decode(value).split(",", -1)) {
          add(number);
        }
      }
      default -> {}
    }
  }

  private void add(String number) {
    if (numbers.size() == 2 * SparseMap.MOST) {
      throw new MalformedException("a file of more than " + SparseMap.MOST + " pieces");
    }
    numbers.add(number(Optional.of(number)));
  }

  /** The map, where the records were of such a file. */
  Optional<SparseMap> map(PaxRecords records) {
    if (records.text("GNU.sparse.size").isEmpty()) {
      return Optional.empty();
    }
    SparseMap map = new SparseMap(number(records.text("GNU.sparse.size")));
    for (int i = 0; i < numbers.size(); i += 2) {
      if (i + 1 == numbers.size() || !map.add(numbers.get(i), numbers.get(i + 1))) {
        throw new MalformedException("a map of holes that is out of order");
      }
    }
    return Optional.of(map);
  }

  static long number(Optional<String> text) {
    return text.map(TarMetadata::decimal)
        .filter(number -> number.isPresent())
        .orElseThrow(() -> new MalformedException("a broken map of its holes"))
        .getAsLong();
  }
}
