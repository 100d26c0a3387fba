package org.mailkeep.cli.options;

import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.restore.RestoreSettings.Existing;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** Where files are restored to, and what becomes of what is there. */
public final class TargetOptions {

  @Option(
      names = {"-t", "--target"},
      paramLabel = "DIR",
      description = "Rebuild the tree under DIR, which is made if it is missing.")
  private @Nullable String target;

  @Option(names = "--in-place", description = "Restore to where the files came from.")
  private boolean inPlace;

  @Option(
      names = "--existing",
      paramLabel = "fail|skip|if-changed|replace",
      description =
          "With files that are there already: refuse before anything is written (default); keep"
              + " them; replace those that differ in type, size or time, and mend owner, mode and"
              + " attributes of the others; or replace them all.")
  private Existing existing = Existing.FAIL;

  @Option(
      names = "--delete",
      description =
          "Remove what restored directories have and the snapshot does not, in the end and only if"
              + " all went well. See below what it spares.")
  private boolean delete;

  /**
   * The folder under which absolute paths are rebuilt.
   *
   * @throws UsageException where none, or two were given
   */
  public RawPath target() {
    if (inPlace == (target != null)) {
      throw new UsageException("Where to?", "Give either --target DIR or --in-place.");
    }
    return target == null ? RawPath.ROOT : WorkingDirectory.resolve(target);
  }

  /**
   * The root of the server that domains move to.
   *
   * @throws UsageException where two were given, or --delete, which would remove other domains
   */
  public RawPath server() {
    if (delete) {
      throw new UsageException("--delete does not go with --domain", "Leave it out.");
    }
    return inPlace || target != null ? target() : RawPath.ROOT;
  }

  /** What to do with files that are there. */
  public Existing existing() {
    return existing;
  }

  /** Whether to remove what the snapshot does not have. */
  public boolean delete() {
    return delete;
  }
}
