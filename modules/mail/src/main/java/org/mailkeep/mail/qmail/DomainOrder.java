package org.mailkeep.mail.qmail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.mailkeep.model.RawText;

/**
 * The order of domains in vpopmail's files: by the last two labels, then by those before them, so
 * that {@code a.example.com} stands beside {@code example.com} (extract_domain() of vpopmail.c).
 */
final class DomainOrder {

  /** Compares the names of domains as bytes. */
  static final Comparator<String> BY_NAME =
      (a, b) -> Arrays.compareUnsigned(RawText.encode(key(a)), RawText.encode(key(b)));

  private DomainOrder() {}

  private static String key(String domain) {
    List<String> labels = new ArrayList<>(List.of(domain.split("\\.", -1)));
    labels.removeIf(String::isEmpty);
    if (labels.size() > 2) {
      Collections.rotate(labels, 2);
    }
    return String.join(".", labels);
  }
}
