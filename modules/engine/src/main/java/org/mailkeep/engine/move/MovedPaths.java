package org.mailkeep.engine.move;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.account.HomeMove;

/**
 * Directories that are elsewhere now, for text in which their paths may stand anywhere: commands
 * and addresses of {@code .qmail} files, targets of links.
 *
 * @param moves the directories, the longest path first
 */
record MovedPaths(List<HomeMove> moves) {

  /** Sorts the list: of two directories one in the other, the inner one is meant. */
  MovedPaths {
    moves =
        moves.stream()
            .sorted(Comparator.comparingInt((HomeMove move) -> move.from().length()).reversed())
            .toList();
  }

  /** The text with the new paths; only whole names count, so that /home/vp is no /home/vpopmail. */
  String moved(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Optional<HomeMove> move = standing(text, at);
      out.append(move.map(one -> one.to().text()).orElse(text.substring(at, at + 1)));
      at += move.map(one -> one.from().text().length()).orElse(1);
    }
    return out.toString();
  }

  private Optional<HomeMove> standing(String text, int at) {
    return moves.stream().filter(move -> stands(text, at, move.from().text())).findFirst();
  }

  private static boolean stands(String text, int at, String path) {
    int end = at + path.length();
    return text.startsWith(path, at)
        && (at == 0 || !isOfPath(text.charAt(at - 1)))
        && (end == text.length() || text.charAt(end) == '/' || !isOfPath(text.charAt(end)));
  }

  private static boolean isOfPath(char c) {
    return Character.isLetterOrDigit(c) || "/._-~".indexOf(c) >= 0;
  }
}
