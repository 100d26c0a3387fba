package org.mailkeep.cli.options;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.history.FolderPattern;
import org.mailkeep.engine.history.HistoryQuery;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which messages are wanted. */
public final class MessageOptions {

  @Mixin private final QueryOptions queries = new QueryOptions();

  @Option(
      names = "--mailbox",
      paramLabel = "MAILBOX",
      description = "In user@domain, in all of @domain, or in the Maildir at a path.")
  private @Nullable String mailbox;

  @Option(
      names = "--folder",
      paramLabel = "NAME",
      description = "That are or were in this folder, such as INBOX or Archive/2026.")
  private @Nullable String folder;

  @Option(names = "--deleted", description = "Only those that the last snapshot does not have.")
  private boolean deleted;

  @Option(
      names = "--deleted-since",
      paramLabel = "TIME",
      description = "Only those that snapshots from TIME on miss.")
  private @Nullable String deletedSince;

  /**
   * Checks what can be checked without a repository.
   *
   * @throws UsageException where nothing is asked for, or something means nothing
   */
  public void check() {
    MessageQuery message = queries.query();
    boolean none = message.equals(MessageQuery.ALL) && mailbox == null && folder().isEmpty();
    if (none && !deleted && QueryOptions.moment(deletedSince).isEmpty()) {
      throw new UsageException(
          "There is no condition, so every message would be found",
          "Say what to look for, such as --from, --subject or --mailbox.");
    }
  }

  /**
   * What is asked for.
   *
   * @param mailboxes finds those that a text means
   */
  public HistoryQuery query(Function<String, List<KnownMailbox>> mailboxes) {
    return new HistoryQuery(
        queries.query(),
        Optional.ofNullable(mailbox).map(mailboxes),
        folder(),
        deleted,
        QueryOptions.moment(deletedSince));
  }

  private Optional<FolderPattern> folder() {
    return Optional.ofNullable(folder).map(FolderPattern::of);
  }
}
