package org.mailkeep.cli.command;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.export.ArchiveFile;
import org.mailkeep.engine.export.Export;
import org.mailkeep.engine.export.ExportFormat;
import org.mailkeep.engine.export.ExportObserver;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
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
    ExportFormat wanted = format();
    SnapshotPart part = SnapshotPart.parse(what);
    if (isPipe() && output.json()) {
      throw new UsageException(
          "--json and the archive would both go to standard output",
          "Leave out --json, or name a FILE.");
    }
    if (isPipe() && terminal.isOutWatched()) {
      throw new RefusedException(
          "An archive is nothing for a terminal",
          "Name a FILE, or send it through a pipe: mailkeep export " + what + " | tar -t");
    }
    Watch watch;
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      watch = new Watch(progress);
      Export export =
          new Export(
              open.snapshot(), open.tree(), new ContentReader(open.reader()), watch, cancellation);
      if (isPipe()) {
        export.run(part.path(), wanted, new Pipe());
        terminal.flush();
      } else {
        try (ArchiveFile archive = ArchiveFile.create(Path.of(file), force)) {
          export.run(part.path(), wanted, archive.stream());
          archive.commit();
        }
      }
      progress.end();
    }
    tell(watch, wanted);
    return watch.problems > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private boolean isPipe() {
    return file.equals("-");
  }

  private ExportFormat format() {
    String given = format;
    if (given != null) {
      return ExportFormat.named(given)
          .orElseThrow(
              () ->
                  new UsageException(
                      "'" + given + "' is no format", "Write tar, tar.zst, zip or mbox."));
    }
    Optional<ExportFormat> suffix = ExportFormat.ofFile(file);
    return isPipe()
        ? ExportFormat.TAR
        : suffix.orElseThrow(
            () ->
                new UsageException(
                    "'" + file + "' does not tell the format",
                    "End it with .tar, .tar.zst, .zip or .mbox, or say --format."));
  }

  private void tell(Watch watch, ExportFormat wanted) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("file", file);
      members.put("format", wanted.toString());
      members.put("files", watch.files);
      members.put("bytes", watch.bytes);
      members.put("problems", watch.problems);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.note(
          Units.count(watch.files, "file")
              + ", "
              + Units.size(watch.bytes)
              + (isPipe() ? " written as " + wanted : " written to " + terminal.name(file)));
    }
  }

  /** Standard output as a stream that is not closed. */
  private final class Pipe extends OutputStream {
    @Override
    public void write(int b) {
      terminal.bytes(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      terminal.bytes(buffer, offset, length);
    }
  }

  private final class Watch implements ExportObserver {
    private final Progress progress;
    private long files;
    private long bytes;
    private long problems;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void expected(long fileCount, long byteCount) {
      progress.total(fileCount, byteCount);
    }

    @Override
    public void writing(RawPath path) {
      if (terminal.isWatched()) {
        progress.current(path.text());
      }
    }

    @Override
    public void done(long fileCount, long byteCount) {
      files += fileCount;
      bytes += byteCount;
      progress.done(fileCount, byteCount);
    }

    @Override
    public void problem(RawPath path, String problem) {
      problems++;
      terminal.note("mailkeep: " + path + ": " + problem);
    }
  }
}
