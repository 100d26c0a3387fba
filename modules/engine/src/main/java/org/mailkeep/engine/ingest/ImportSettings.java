package org.mailkeep.engine.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.block.Effort;

/**
 * How an archive becomes a snapshot.
 *
 * @param root the directory that the archive's members stand in, absolute
 * @param time the moment that the snapshot stands for; empty for the newest time of its files
 * @param host the machine that the archive is of
 * @param tags words for the snapshot
 * @param exclude what to leave out, by paths of the snapshot
 * @param mostMembers how many members the archive may have
 * @param options what the user asked for, to be shown with the snapshot
 * @param program name and version of the program
 * @param parallelism how many threads work
 * @param effort how hard to compress
 */
public record ImportSettings(
    RawPath root,
    Optional<Instant> time,
    String host,
    List<String> tags,
    List<PathPattern> exclude,
    long mostMembers,
    List<String> options,
    String program,
    Parallelism parallelism,
    Effort effort) {

  /** Copies the lists. */
  public ImportSettings {
    tags = List.copyOf(tags);
    exclude = List.copyOf(exclude);
    options = List.copyOf(options);
  }
}
