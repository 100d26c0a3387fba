package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.PaperFile;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.PaperKey;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the full key in a form to be printed. */
@Command(
    name = "export",
    description = "Write the full key to a new FILE that you alone can read, or to - (the screen).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Numbered lines, each with check digits, so that they can be typed in again.",
      "They need no password and no key slot: who has them reads all that is stored",
      "now. Print them, lock the paper away, and remove the file. Print again after",
      "'mailkeep key rotate'.",
      "",
      "Examples:",
      "  mailkeep key export --paper - | lp",
      "  mailkeep key export --paper --qr key.txt"
    })
public final class KeyExportCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--paper", description = "With a heading that says what it is for.")
  private boolean paper;

  @Option(
      names = "--qr",
      description =
          "Below the lines also as a QR code of Unicode half blocks, 73 columns wide. A camera reads"
              + " one line from it, which 'key import' takes as well.")
  private boolean qr;

  @Parameters(paramLabel = "FILE", description = "Where to; - for standard output.")
  private String file = "";

  /** Prints to this terminal. */
  public KeyExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Repository open = new Opening(repository, terminal).open()) {
      PaperKey key = new PaperKey(open.config().id(), KeyCommand.full(open.keys()));
      String lines = paper ? PaperFile.page(key, repository.location().toString()) : key.text();
      String text = qr ? lines + "\n" + PaperFile.code(key) : lines;
      if (file.equals("-")) {
        terminal.line(text.stripTrailing());
        return ExitCode.DONE;
      }
      PaperFile.write(Path.of(file), text);
    }
    if (!output.quiet()) {
      terminal.note("Wrote the full key to " + file + ". Print it, then remove the file.");
    }
    return ExitCode.DONE;
  }
}
