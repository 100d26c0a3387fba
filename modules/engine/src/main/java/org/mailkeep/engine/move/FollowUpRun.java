package org.mailkeep.engine.move;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.model.error.CommandFailedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.RunningProgram;

/** Does what follows a move, on this host. */
final class FollowUpRun {

  private static final String AGAIN =
      "Mail for what moves waits in the queue. Mend it, and run the same command again.";

  /** The most of a program's output that is told, in bytes. */
  private static final int MOST_OUTPUT = 2000;

  private final NewServer server;

  FollowUpRun(NewServer server) {
    this.server = server;
  }

  /** Makes sure that every program can be run. */
  static void requirePrograms(List<FollowUp> followUps) {
    for (FollowUp followUp : followUps) {
      if (followUp instanceof FollowUp.Program(var _, var path, var _)
          && !Files.isExecutable(Path.of(path.text()))) {
        throw new NotFoundException(
            "There is no program " + path + ", which --finish must run",
            "Nothing was written. Say where it is with --qmail-home or --vpopmail-home, or leave"
                + " out --finish and do by hand what is printed then.");
      }
    }
  }

  void run(FollowUp followUp) {
    switch (followUp) {
      case FollowUp.Program program -> run(program);
      case FollowUp.HangUp hangUp -> hangUp(hangUp);
      case FollowUp.Release release -> new HeldFolder(server, release.home()).release();
    }
  }

  private static void run(FollowUp.Program program) {
    List<String> command = new ArrayList<>(List.of(program.path().text()));
    command.addAll(program.arguments());
    String line = program.commands().getFirst();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // They need nothing of it, and a password may be in it.
    builder.environment().keySet().retainAll(Set.of("PATH"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readNBytes(MOST_OUTPUT);
      long _ = process.getInputStream().skip(Long.MAX_VALUE);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new CommandFailedException(
            line + " failed (exit code " + exit + "): " + new String(said, UTF_8).strip(), AGAIN);
      }
    } catch (IOException e) {
      throw new CommandFailedException(line + " could not be run: " + e.getMessage(), AGAIN, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted while " + line + " ran", AGAIN, e);
    }
  }

  /**
   * A qmail-send that is not running reads its files when it starts; where there is no queue, none
   * is running.
   */
  private void hangUp(FollowUp.HangUp hangUp) {
    try {
      Optional<Directory> present = server.openIfPresent(hangUp.queue());
      if (present.isPresent()) {
        try (Directory queue = present.get()) {
          RunningProgram.find(FollowUp.HangUp.PROGRAM, queue).forEach(RunningProgram::hangUp);
        }
      }
    } catch (SystemCallException e) {
      throw new CommandFailedException(
          "qmail-send could not be told to read its files again: " + e.getMessage(), AGAIN, e);
    }
  }
}
