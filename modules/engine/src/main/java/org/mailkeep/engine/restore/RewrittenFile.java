package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.model.RawPath;

/**
 * A file that came back with other numbers or homes in it than the snapshot has.
 *
 * @param path which one
 * @param lines how many of its lines differ
 * @param examples the first of them, for a person
 * @param rebuild the command that brings this to what the server reads
 */
public record RewrittenFile(RawPath path, long lines, List<String> examples, String rebuild) {
  /** Copies the list. */
  public RewrittenFile {
    examples = List.copyOf(examples);
  }
}
