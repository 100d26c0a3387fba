package org.mailkeep.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.export.Export;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a part of a snapshot as an archive. */
@Command(
    name = "export",
    description = "Write a snapshot or a part of it as a tar, zip or mbox archive.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The format is that of FILE's suffix, or of --format; tar to a pipe.",
      "  tar, tar.zst  all that a snapshot has but sockets: owners by number, times to",
      "                the nanosecond, hard links, devices, attributes and ACLs",
      "  zip           files, folders and links, for people with other systems",
      "  mbox          the messages of one mail folder, for mail programs",
      "",
      "What is exported is plain: whoever can read FILE can read the mail. A FILE has",
      "its name only when it is complete. Exit code 3: some files are not in it.",
      "What a search finds is exported by 'mailkeep mailbox search --export FILE'.",
      "",
      "Examples:",
      "  mailkeep export latest:/home/vpopmail/domains/example.com example.tar.zst",
      "  mailkeep export latest - | ssh other tar -x --numeric-owner --xattrs -C /new",
      "  mailkeep export latest:/home/anna/Maildir/.Sent anna-sent.mbox"
    })
public final class ExportCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "SNAPSHOT[:/PATH]", description = "What to export.")
  private String what = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      arity = "0..1",
      description = "The archive; - (default) is standard output.")
  private String file = "-";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "tar|tar.zst|zip|mbox",
      description = "What to write, whatever FILE is called.")
  private @Nullable String format;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  private boolean force;

  /** Writes to this terminal; can be stopped. */
  public ExportCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    SnapshotPart part = SnapshotPart.parse(what);
    ArchiveJob job =
        new ArchiveJob(terminal, output, file, format, force, "mailkeep export " + what);
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal)) {
      return job.run(
          (wanted, observer, out) ->
              new Export(
                      open.snapshot(),
                      open.tree(),
                      new ContentReader(open.reader()),
                      observer,
                      cancellation)
                  .run(part.path(), wanted, out));
    }
  }
}
