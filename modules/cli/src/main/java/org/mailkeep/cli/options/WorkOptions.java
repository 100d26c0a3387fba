package org.mailkeep.cli.options;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.unix.Priority;
import picocli.CommandLine.Option;

/** How much of the machine a command that works long may take. */
public final class WorkOptions {

  private static final int LOWEST = 19;
  private static final int MOST_JOBS = 256;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "Work with at most N threads; 1 leaves all other cores alone (default: all that the"
              + " processor can do).")
  private @Nullable Integer jobs;

  @Option(
      names = "--nice",
      description =
          "Give way to all other processes: lowest priority for the processor, and the disk only"
              + " when it is idle (as far as its scheduler knows priorities, such as BFQ).")
  private boolean nice;

  /**
   * How many threads to use.
   *
   * @throws UsageException where the number makes no sense
   */
  public Parallelism parallelism() {
    OptionalInt wanted = jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
    if (wanted.isEmpty()) {
      return Parallelism.all();
    }
    int count = wanted.getAsInt();
    if (count < 1 || count > MOST_JOBS) {
      throw new UsageException(
          "--jobs " + count + " is not a number of threads", "Give 1 to " + MOST_JOBS + ".");
    }
    return Parallelism.atMost(count);
  }

  /** Lowers the process's priority if that was asked for; what is refused is told. */
  public void giveWay(Terminal terminal) {
    if (!nice) {
      return;
    }
    try {
      Priority.nice(LOWEST);
      Priority.idleDisk();
    } catch (SystemCallException e) {
      // Better a backup in the way than none.
      terminal.note("mailkeep: the priority could not be lowered: " + e.problem());
    }
  }
}
