package org.mailkeep.cli.command;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.export.ArchiveFile;
import org.mailkeep.engine.export.ExportFormat;
import org.mailkeep.engine.export.ExportObserver;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;

/** An archive that a command writes, to a file or to a pipe. */
final class ArchiveJob {

  private final Terminal terminal;
  private final OutputOptions output;
  private final String file;
  private final boolean force;
  private final ExportFormat wanted;

  /**
   * The archive that was asked for.
   *
   * @param file where to, {@code -} for standard output
   * @param format its format; null where the file's name tells it
   * @param force whether a file that is there is replaced
   * @param example what may be typed to see what is in it
   * @throws UsageException where the options do not go together
   * @throws RefusedException where it would go to a terminal
   */
  ArchiveJob(
      Terminal terminal,
      OutputOptions output,
      String file,
      @Nullable String format,
      boolean force,
      String example) {
    this.terminal = terminal;
    this.output = output;
    this.file = file;
    this.force = force;
    this.wanted = format(format);
    if (isPipe() && output.json()) {
      throw new UsageException(
          "--json and the archive would both go to standard output",
          "Leave out --json, or name a FILE.");
    }
    if (isPipe() && terminal.isOutWatched()) {
      throw new RefusedException(
          "An archive is nothing for a terminal",
          "Name a FILE, or send it through a pipe: " + example + " | tar -t");
    }
  }

  /** Writes an archive. */
  interface Writing {
    /** Writes it to a stream that stays the caller's. */
    void write(ExportFormat format, ExportObserver observer, OutputStream out);
  }

  /** Writes it and says so; gives the command's exit code. */
  int run(Writing writing) {
    Watch watch;
    try (Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      watch = new Watch(progress);
      if (isPipe()) {
        writing.write(wanted, watch, new Pipe());
        terminal.flush();
      } else {
        try (ArchiveFile archive = ArchiveFile.create(Path.of(file), force)) {
          writing.write(wanted, watch, archive.stream());
          archive.commit();
        }
      }
      progress.end();
    }
    tell(watch);
    return watch.problems > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private boolean isPipe() {
    return file.equals("-");
  }

  private ExportFormat format(@Nullable String given) {
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

  private void tell(Watch watch) {
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
