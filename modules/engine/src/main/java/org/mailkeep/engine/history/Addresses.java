package org.mailkeep.engine.history;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;

/** The mail addresses that stand in a header's text. */
final class Addresses {

  private static final String BETWEEN = " \t,;:<>()[]\"'";

  private Addresses() {}

  /** The words of a text with addresses, the addresses themselves, and their domains. */
  static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    forEach(text, words::add);
    return words;
  }

  /** Calls back with all of {@link #words}, some of them twice. */
  static void forEach(String text, Consumer<String> words) {
    String folded = FoldedWords.fold(text);
    FoldedWords.forEachOfFolded(folded, words);
    if (folded.indexOf('@') >= 0) {
      StringTokenizer pieces = new StringTokenizer(folded, BETWEEN);
      while (pieces.hasMoreTokens()) {
        String piece = pieces.nextToken();
        int at = piece.lastIndexOf('@');
        if (at > 0 && at < piece.length() - 1) {
          words.accept(FoldedWords.cut(piece));
          words.accept(FoldedWords.cut(piece.substring(at)));
        }
      }
    }
  }

  /** An address without what people copy along with it. */
  static String bare(String text) {
    StringTokenizer pieces = new StringTokenizer(text, BETWEEN);
    while (pieces.hasMoreTokens()) {
      String piece = pieces.nextToken();
      if (piece.indexOf('@') >= 0) {
        return piece;
      }
    }
    return text;
  }
}
