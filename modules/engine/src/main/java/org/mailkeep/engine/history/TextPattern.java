package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mailkeep.model.error.UsageException;

/**
 * What a text must have: all of some words, in any order, each whole or, where it was written with
 * a {@code *}, its beginning. A word with an at sign is an address or, where nothing stands before
 * the sign, the domain of one.
 *
 * @param parts what was asked for; all must be there
 */
public record TextPattern(List<Part> parts) {

  /**
   * One thing that must be there.
   *
   * @param word a word, an address, or a domain with its at sign; folded
   * @param beginning whether longer words that begin so will do
   */
  record Part(String word, boolean beginning) {
    boolean fits(Set<String> words) {
      return beginning
          ? words.stream().anyMatch(other -> other.startsWith(word))
          : words.contains(word);
    }
  }

  /** Copies the list. */
  public TextPattern {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a pattern.
   *
   * @throws UsageException where it has no word
   */
  public static TextPattern of(String text) {
    List<Part> parts = new ArrayList<>();
    for (String piece : FoldedWords.fold(text).strip().split("\\s+", -1)) {
      boolean beginning = piece.endsWith("*");
      if (piece.indexOf('@') >= 0) {
        String address = Addresses.bare(beginning ? piece.substring(0, piece.length() - 1) : piece);
        parts.add(new Part(FoldedWords.cut(address), beginning));
      } else {
        List<String> words = List.copyOf(FoldedWords.of(piece));
        for (String word : words) {
          parts.add(new Part(word, beginning && word.equals(words.getLast())));
        }
      }
    }
    if (parts.isEmpty()) {
      throw new UsageException(
          "'" + text + "' has no word to look for",
          "Give letters or digits, such as 'invoice 42'.");
    }
    return new TextPattern(parts);
  }

  /** Whether these words, addresses and domains of a text have all that is asked for. */
  boolean fits(Set<String> words) {
    return parts.stream().allMatch(part -> part.fits(words));
  }
}
