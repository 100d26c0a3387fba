package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.account.AccountFile;
import org.mailkeep.mail.account.AccountRewriter;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.OwnerMapping;

/** Gives qmail's and vpopmail's files of accounts the owners that their restored trees have. */
final class AccountFileWriting {

  /** Larger ones are no such files, in bytes: a line of 100 for each of some 600,000 mailboxes. */
  static final long MAX_SIZE = 64L << 20;

  private final OwnerMapping mapping;
  private final RestoreLog log;

  AccountFileWriting(OwnerMapping mapping, RestoreLog log) {
    this.mapping = mapping;
    this.log = log;
  }

  /** What to pass the content of a file through; empty for one that comes back as it was. */
  Optional<Passage> passage(FileJob job, ContentReader.Target target) {
    Optional<AccountFile> kind = mapping.isExact() ? Optional.empty() : AccountFile.of(job.path());
    if (kind.isPresent() && job.entry().size() > MAX_SIZE) {
      log.problem(job.path(), "restored with the owners of the snapshot in it: it is too large");
      return Optional.empty();
    }
    return kind.map(known -> new Passage(job, known, target));
  }

  /** Rewrites one file on its way to the disk. */
  final class Passage implements ContentReader.Target {
    private final FileJob job;
    private final AccountFile kind;
    private final AccountRewriter rewriter;
    private long length;

    private Passage(FileJob job, AccountFile kind, ContentReader.Target target) {
      this.job = job;
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

    /** The file is complete: tells what is different in it. */
    void tell() {
      if (rewriter.changedLines() > 0) {
        log.rewritten(
            new RewrittenFile(
                job.path(),
                rewriter.changedLines(),
                rewriter.firstChanged().stream()
                    .map(line -> "line " + line.number() + " (" + RawText.display(line.key()) + ")")
                    .toList(),
                kind.rebuild(job.path())));
      }
    }
  }
}
