package org.mailkeep.engine.history;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Goes through all messages of a Maildir in a snapshot, folder by folder in the order of names. For
 * one use.
 */
final class MaildirMessages {

  private final TreeReader trees;
  private final Cancellation cancellation;
  private final Consumer<PlacedMessage> visitor;
  private @Nullable UnreadableException damage;

  MaildirMessages(TreeReader trees, Cancellation cancellation, Consumer<PlacedMessage> visitor) {
    this.trees = trees;
    this.cancellation = cancellation;
    this.visitor = visitor;
  }

  /**
   * Visits them.
   *
   * @throws UnreadableException where a directory cannot be read; all others have been visited
   */
  void visit(ChunkId maildir) {
    visitDirectories(maildir, this::visitTop);
    if (damage != null) {
      throw damage;
    }
  }

  private interface DirectoryVisitor {
    void visit(FileName name, ChunkId node);
  }

  private void visitDirectories(ChunkId node, DirectoryVisitor directories) {
    guarded(
        () -> {
          for (Entry entry : trees.entries(node)) {
            if (entry.body() instanceof Body.Directory directory) {
              directories.visit(entry.name(), directory.root());
            }
          }
        });
  }

  private void visitTop(FileName name, ChunkId node) {
    if (MaildirFolder.isFolderName(name)) {
      visitDirectories(node, (half, messages) -> visitHalf(name, half, messages));
    } else {
      visitHalf(MessagePlace.INBOX, name, node);
    }
  }

  private void visitHalf(FileName folder, FileName half, ChunkId node) {
    boolean fresh = half.equals(MaildirNames.NEW);
    if (fresh || half.equals(MaildirNames.CUR)) {
      guarded(
          () -> {
            for (Entry entry : trees.entries(node)) {
              cancellation.check();
              Optional<PlacedMessage> message = PlacedMessage.of(folder, fresh, entry);
              message.ifPresent(visitor);
            }
          });
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (UnreadableException e) {
      damage = damage == null ? e : damage;
    }
  }
}
