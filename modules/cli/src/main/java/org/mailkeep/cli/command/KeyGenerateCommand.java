package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.NewKeyPair;
import org.mailkeep.cli.options.NewSecretOptions;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a recipient's key pair. */
@Command(
    name = "generate",
    description = "Make a recipient's key pair: FILE, which is secret, and FILE.pub.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Needs no repository: the recipient makes it on a machine of his own and hands",
      "out FILE.pub for 'mailkeep key add --recipient'. Open with --private-key FILE.",
      "",
      "Example:",
      "  mailkeep key generate --lock office.key"
    })
public final class KeyGenerateCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--lock",
      description = "Lock the secret part with a password, which is asked for or named.")
  private boolean lock;

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "The password for --lock: the first line of FILE.")
  private @Nullable Path passwordFile;

  @Parameters(paramLabel = "FILE", description = "Where to, a new file.")
  private Path file = Path.of("");

  /** Prints to this terminal. */
  public KeyGenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    NewKeyPair pair =
        lock || passwordFile != null
            ? NewKeyPair.locked(file, NewSecretOptions.passwordFrom(passwordFile, file.toString()))
            : NewKeyPair.open(file);
    if (output.json()) {
      terminal.line(
          Json.of(
              Map.of(
                  "recipient", pair.recipient(),
                  "privateKey", pair.privateFile().toString(),
                  "publicKey", pair.publicFile().toString(),
                  "locked", pair.locked())));
    } else if (!output.quiet()) {
      terminal.line("Made recipient " + pair.recipient() + ".");
      terminal.line("Keep " + pair.privateFile() + " secret, and a copy of it elsewhere.");
      terminal.line("Hand out " + pair.publicFile() + ".");
    }
    return ExitCode.DONE;
  }
}
