package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;

/** Says of a new repository what opens it, and that this must not be lost. */
final class KeyNotice {

  private KeyNotice() {}

  static void tell(Opening.Made made, RepositoryOptions options, Terminal terminal) {
    terminal.note(
        "Made repository " + made.repository().config().id() + " in " + options.location() + ".");
    Optional<Path> keyFile = made.keyFile();
    if (keyFile.isPresent()) {
      terminal.note("Its key is in " + keyFile.get() + ", which only you can read.");
      terminal.note("KEEP A COPY OF THAT FILE ON ANOTHER MACHINE OR ON PAPER, for example:");
      terminal.note("  scp " + keyFile.get() + " you@elsewhere:    or    cat " + keyFile.get());
      terminal.note(
          "When this machine's disk dies, the backups open with that copy and no other way.");
    } else {
      terminal.note("It opens with the password. Without it, nobody can read the backups: keep it");
      terminal.note("somewhere that survives the loss of this machine.");
    }
  }
}
