package org.mailkeep.engine.copy;

import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailkeep.model.snapshot.Manifest;

/**
 * What snapshots are of: the host, and what was backed up there.
 *
 * @param host the host's name
 * @param what profiles and paths, as they were asked for
 */
public record SourceName(String host, String what) implements Comparable<SourceName> {

  private static final Comparator<SourceName> ORDER =
      Comparator.comparing(SourceName::host).thenComparing(SourceName::what);

  /** Of this snapshot. */
  public static SourceName of(Manifest manifest) {
    return new SourceName(
        manifest.host(),
        Stream.concat(
                manifest.profiles().stream().map(profile -> "profile " + profile.name()),
                manifest.sources().stream().map(path -> path.text()))
            .collect(Collectors.joining(", ")));
  }

  @Override
  public int compareTo(SourceName other) {
    return ORDER.compare(this, other);
  }
}
