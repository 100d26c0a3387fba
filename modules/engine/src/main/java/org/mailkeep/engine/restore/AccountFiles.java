package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.account.AccountFile;
import org.mailkeep.mail.account.AccountRewriter;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.OwnerMapping;

/** Gives qmail's and vpopmail's files of accounts the owners that their restored trees have. */
final class AccountFiles {

  /** Larger ones are no such files, in bytes: a line of 100 for each of some 600,000 mailboxes. */
  static final long MAX_SIZE = 64L << 20;

  private final OwnerMapping mapping;

  AccountFiles(OwnerMapping mapping) {
    this.mapping = mapping;
  }

  private Optional<AccountFile> kind(FileJob job) {
    return mapping.isExact() ? Optional.empty() : AccountFile.of(job.path());
  }

  /** Whether it would be passed through something if it were not too large. */
  boolean isTooLarge(FileJob job) {
    return job.entry().size() > MAX_SIZE && kind(job).isPresent();
  }

  /** Whether a file may come back with another content than the snapshot has. */
  boolean concern(FileJob job) {
    return job.entry().size() <= MAX_SIZE && kind(job).isPresent();
  }

  /** What to pass the content of a file through; empty for one that comes back as it was. */
  Optional<Passage> passage(FileJob job, ContentReader.Target target) {
    return concern(job)
        ? kind(job).map(kind -> new Passage(job.path(), kind, target))
        : Optional.empty();
  }

  /** Rewrites one file on its way to the disk. */
  final class Passage implements ContentReader.Target {
    private final RawPath path;
    private final AccountFile kind;
    private final AccountRewriter rewriter;
    private long length;

    private Passage(RawPath path, AccountFile kind, ContentReader.Target target) {
      this.path = path;
      this.kind = kind;
      this.rewriter = new AccountRewriter(kind, mapping, target);
    }

    @Override
    public void bytes(byte[] buffer, int offset, int count) {
      rewriter.feed(buffer, offset, count);
      length += count;
    }

    @Override
    public void hole(long count) {
      byte[] zeros = new byte[4096];
      for (long left = count; left > 0; left -= zeros.length) {
        rewriter.feed(zeros, 0, (int) Math.min(left, zeros.length));
      }
      length += count;
    }

    /** The file has ended; gives its length in the snapshot, in bytes. */
    long finish() {
      rewriter.finish();
      return length;
    }

    /** What is different in the complete file; empty where nothing is. */
    Optional<RewrittenFile> rewritten() {
      if (rewriter.changedLines() == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new RewrittenFile(
              path,
              rewriter.changedLines(),
              rewriter.firstChanged().stream()
                  .map(line -> "line " + line.number() + " (" + RawText.display(line.key()) + ")")
                  .toList(),
              kind.rebuild(path)));
    }
  }
}
