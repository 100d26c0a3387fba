package org.mailkeep.engine.history;

import java.util.Set;
import java.util.StringTokenizer;

/** The mail addresses that stand in a header's text. */
final class Addresses {

  private static final String BETWEEN = " \t,;:<>()[]\"'";

  private Addresses() {}

  /** The words of a text with addresses, the addresses themselves, and their domains. */
  static Set<String> words(String text) {
    Set<String> words = FoldedWords.of(text);
    if (text.indexOf('@') >= 0) {
      StringTokenizer pieces = new StringTokenizer(FoldedWords.fold(text), BETWEEN);
      while (pieces.hasMoreTokens()) {
        String piece = pieces.nextToken();
        int at = piece.lastIndexOf('@');
        if (at > 0 && at < piece.length() - 1) {
          words.add(FoldedWords.cut(piece));
          words.add(FoldedWords.cut(piece.substring(at)));
        }
      }
    }
    return words;
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
