package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.EccConverter;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.repository.Repository;
import org.mailkeep.storage.location.StorageLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a repository. */
@Command(
    name = "init",
    description = "Create a repository and its first key.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Asks for a password, or takes it from where the options or",
      "MAILKEEP_PASSWORD say. With --key-file and no password, the key file opens",
      "the repository, and is made if it is missing.",
      "",
      "--ecc 5%% adds parity to each pack, so that bad sectors of a disk are mended from",
      "the repository itself. 'repair parity --ecc 5%%' does it later.",
      "",
      "Example:",
      "  mailkeep init --repo /backup/mail --password-file /root/mailkeep.password"
    })
public final class InitCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--like",
      paramLabel = "PLACE",
      description =
          "Take the keys, their slots and the cutting of chunks from the repository in PLACE, which"
              + " the secret given opens: the new one is a place for copies of it, and opens with"
              + " the same passwords and key files.")
  private @Nullable String like;

  @Option(
      names = "--ecc",
      paramLabel = "PERCENT",
      converter = EccConverter.class,
      description = "Let packs have so much parity: 1%% to 50%%, or off (default: off).")
  private EccConverter.Ecc ecc = EccConverter.Ecc.OFF;

  /** Says what it did to this terminal. */
  public InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (like != null) {
      return initLike(repository.location(like));
    }
    Opening.Made made = new Opening(repository, terminal).make(true);
    try (Repository open = made.repository()) {
      if (ecc.percent().isPresent()) {
        open.paritySetting().set(ecc.percent());
      }
      if (output.json()) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("repository", repository.location().toString());
        members.put("id", open.config().id().toString());
        ecc.percent().ifPresent(percent -> members.put("eccPercent", percent));
        made.keyFile().ifPresent(file -> members.put("keyFile", file.toString()));
        terminal.line(Json.of(members));
      } else if (!output.quiet()) {
        KeyNotice.tell(made, repository, terminal);
      }
    }
    return ExitCode.DONE;
  }

  private int initLike(StorageLocation place) {
    try (Repository open = new Opening(repository, terminal).makeLike(place)) {
      if (output.json()) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("repository", repository.location().toString());
        members.put("id", open.config().id().toString());
        members.put("like", place.toString());
        terminal.line(Json.of(members));
      } else if (!output.quiet()) {
        terminal.note("Made a place for copies of " + place + " in " + repository.location() + ".");
        terminal.note(
            "Fill it with: mailkeep copy --repo " + place + " --to " + repository.location());
      }
    }
    return ExitCode.DONE;
  }
}
