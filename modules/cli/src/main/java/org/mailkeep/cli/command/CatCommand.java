package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Body;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a file of a snapshot. */
@Command(
    name = "cat",
    description = "Write one file of a snapshot to standard output.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: mailkeep cat latest:/var/qmail/control/rcpthosts"})
public final class CatCommand implements Callable<Integer> {

  private static final int PIECE = 64 << 10;

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();

  @Parameters(paramLabel = "SNAPSHOT:/PATH", description = "The file.")
  private String what = "";

  /** Writes to this terminal. */
  public CatCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SnapshotPart part = SnapshotPart.parse(what);
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal)) {
      SnapshotTree.Found found = open.tree().require(part.path());
      if (!(found.entry().body() instanceof Body.RegularFile file)) {
        throw new UsageException(
            found.path() + " is not a regular file but a " + ModeText.type(found.entry().body()),
            "List it with 'mailkeep ls'.");
      }
      new ContentReader(open.reader()).write(file.recipe(), new Out());
    }
    return ExitCode.DONE;
  }

  private final class Out implements ContentReader.Target {
    @Override
    public void bytes(byte[] buffer, int offset, int length) {
      terminal.bytes(buffer, offset, length);
    }

    @Override
    public void hole(long length) {
      byte[] zeros = new byte[PIECE];
      for (long left = length; left > 0; left -= PIECE) {
        terminal.bytes(zeros, 0, (int) Math.min(left, PIECE));
      }
    }
  }
}
