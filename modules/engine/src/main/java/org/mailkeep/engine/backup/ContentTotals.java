package org.mailkeep.engine.backup;

import org.mailkeep.model.ByteString;
import org.mailkeep.model.tree.Body;

/** Sums up the content of a directory, which is added from its start to its end. */
final class ContentTotals {

  private final DirectorySignature.Sum directories = new DirectorySignature.Sum();
  private long files;
  private long size;
  private boolean hasDirectories;

  /** The totals of a content. */
  static ContentTotals of(DirectoryContent content) {
    ContentTotals totals = new ContentTotals();
    content.forEach(totals::add);
    return totals;
  }

  void add(DirectoryContent.Part part) {
    switch (part) {
      case DirectoryContent.Part.Kept(KnownLeaf leaf) -> {
        files += leaf.node().entries();
        size += leaf.size();
      }
      case DirectoryContent.Part.Added(Scanned scanned) -> {
        files += scanned.entry().files();
        size += scanned.entry().size();
        if (scanned.entry().body() instanceof Body.Directory directory) {
          hasDirectories = true;
          directories.add(scanned.entry(), directory);
        }
      }
    }
  }

  /** Files in the subtree. */
  long files() {
    return files;
  }

  /** Bytes in the subtree. */
  long size() {
    return size;
  }

  /** Whether there is a directory in it. */
  boolean hasDirectories() {
    return hasDirectories;
  }

  /** Sums up the directories in it. */
  ByteString directories() {
    return directories.end();
  }
}
