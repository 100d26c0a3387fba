package org.mailkeep.repository.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;

/** Manifests for tests. */
final class Manifests {

  private static final Entry ROOT =
      new Entry(
          FileName.of(Manifest.ROOT_NAME),
          new Metadata(0755, 0, 0, 0, 0, List.of()),
          new Body.Directory(new ChunkId(1, 2, 3), 0, 0, true),
          0);

  private Manifests() {}

  static Manifest of(String time) {
    Instant begun = Instant.parse(time);
    return new Manifest(
        begun,
        begun.plusSeconds(60),
        "mx1",
        List.of(RawPath.of("/home/vpopmail")),
        List.of(),
        List.of("daily"),
        ROOT,
        Optional.empty(),
        Map.of(89, "vpopmail"),
        Map.of(89, "vchkpw"),
        AccountFacts.NONE,
        List.of(),
        new Manifest.Unreadable(0, List.of()),
        new Manifest.Counts(1, 2, 3, 4, 5),
        List.of(),
        "mailkeep 0.1.0");
  }
}
