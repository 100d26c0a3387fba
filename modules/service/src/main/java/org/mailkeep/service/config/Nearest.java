package org.mailkeep.service.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
final class Nearest {

  private Nearest() {}

  /** The nearest of some words, if any is near: at most a third of its letters differ. */
  static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** The advice about a word that is none of those known. */
  static String advice(String word, Collection<String> known) {
    return of(word, known)
        .map(near -> "Did you mean '" + near + "'?")
        .orElseGet(() -> "Known are " + String.join(", ", known) + ".");
  }

  /** How many letters must be put in, taken out or changed (Levenshtein). */
  static int distance(String a, String b) {
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(row[j - 1], last[j]));
      }
      last = row;
    }
    return last[b.length()];
  }
}
