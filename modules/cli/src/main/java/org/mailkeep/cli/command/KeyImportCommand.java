package org.mailkeep.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.AlsoIn;
import org.mailkeep.cli.options.NewSecretOptions;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.PaperFile;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.PaperKey;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the full key back from paper. */
@Command(
    name = "import",
    description = "Read the full key back from paper and add a slot for it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For when every password and key file is lost. FILE has the numbered lines of",
      "'mailkeep key export', as typed, or the line that a camera read from its QR",
      "code; - reads standard input.",
      "",
      "Example:",
      "  mailkeep key import typed.txt --new-password-file /root/new"
    })
public final class KeyImportCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final NewSecretOptions secret = new NewSecretOptions();
  @Mixin private final AlsoIn alsoIn = new AlsoIn();

  @Option(names = "--label", paramLabel = "TEXT", description = "What the list calls the slot.")
  private String label = "from paper";

  @Parameters(paramLabel = "FILE", description = "The lines as typed; - for standard input.")
  private String file = "";

  /** Prints to this terminal. */
  public KeyImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PaperKey paper = PaperFile.read(file);
    try (Repository open = open(paper);
        AlsoIn.Rings rings = alsoIn.rings(repository, open)) {
      int newest =
          rings.first().list(_ -> {}).stream()
              .filter(slot -> slot.isAuthentic(paper.keys()))
              .mapToInt(KeySlot::dataKeys)
              .max()
              .orElse(0);
      KeySlot slot =
          secret.lock(new NewSlot(open.config().id(), paper.keys(), label, Instant.now()));
      rings.change(List.of(slot), List.of());
      if (newest > paper.keys().dataKeys().size()) {
        terminal.note(
            "mailkeep: this paper is from before 'key rotate': it opens what was stored until"
                + " then, and nothing newer.");
      }
      if (output.json()) {
        terminal.line(Json.of(Map.of("added", slot.id().toString())));
      } else if (!output.quiet()) {
        terminal.line("Added key slot " + KeyCommand.describe(slot) + ".");
      }
    }
    return ExitCode.DONE;
  }

  private Repository open(PaperKey paper) {
    Repository open;
    try {
      open = new Opening(repository, terminal).openWith(paper.keys());
    } catch (DamagedException e) {
      throw new KeyException(
          "The paper key is for repository "
              + paper.repository()
              + ", and does not open the one in "
              + repository.location(),
          "Name the right place with --repo.",
          e);
    }
    return open;
  }
}
