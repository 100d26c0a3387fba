package org.mailkeep.engine.history;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The words of a text as they are compared: small letters without accents, so that {@code Zürich}
 * and {@code ZURICH} are one. Letters and digits make words; an ideograph is a word of its own, for
 * nothing says where a word of them ends.
 */
final class FoldedWords {

  /** Longer words are cut, in characters. */
  static final int MAX_LENGTH = 40;

  private FoldedWords() {}

  /** The words of a text, each once, in the order of their first places. */
  static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    forEach(text, words::add);
    return words;
  }

  /** Calls back with the words of a text, as often as they come. */
  static void forEach(String text, Consumer<String> words) {
    forEachOfFolded(fold(text), words);
  }

  /** Calls back with the words of a text that is folded. */
  static void forEachOfFolded(String folded, Consumer<String> words) {
    int start = -1;
    for (int i = 0; i < folded.length(); ) {
      int point = folded.codePointAt(i);
      boolean alone = Character.isIdeographic(point);
      if (alone || !Character.isLetterOrDigit(point)) {
        add(words, folded, start, i);
        start = -1;
      } else if (start < 0) {
        start = i;
      }
      int next = i + Character.charCount(point);
      if (alone) {
        words.accept(folded.substring(i, next));
      }
      i = next;
    }
    add(words, folded, start, folded.length());
  }

  private static void add(Consumer<String> words, String text, int start, int end) {
    if (start >= 0) {
      words.accept(cut(text.substring(start, end)));
    }
  }

  /** A word as it is kept. */
  static String cut(String word) {
    return word.length() <= MAX_LENGTH ? word : word.substring(0, MAX_LENGTH);
  }

  /** Small letters, without marks, in one of the forms that Unicode has for them. */
  static String fold(String text) {
    boolean ascii = true;
    for (int i = 0; i < text.length() && ascii; i++) {
      ascii = text.charAt(i) < 0x80;
    }
    String plain = ascii ? text : withoutMarks(Normalizer.normalize(text, Normalizer.Form.NFKD));
    return plain.toLowerCase(java.util.Locale.ROOT);
  }

  private static String withoutMarks(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
