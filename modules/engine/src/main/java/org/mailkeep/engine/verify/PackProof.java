package org.mailkeep.engine.verify;

import java.time.Instant;
import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.parity.PackParity;

/**
 * Reads whole packs: every block is opened and every chunk proven. Safe for use by many threads.
 */
final class PackProof {

  private final Repository repository;
  private final PackReader packs;
  private final ChunkReader reader;
  private final IndexCheck indexed;
  private final Findings findings;
  private final LostChunks lost;
  private final Optional<PackChecks> checks;
  private final Cancellation cancellation;

  PackProof(
      Repository repository,
      PackReader packs,
      ChunkReader reader,
      IndexCheck indexed,
      Findings findings,
      LostChunks lost,
      Optional<PackChecks> checks,
      Cancellation cancellation) {
    this.repository = repository;
    this.packs = packs;
    this.reader = reader;
    this.indexed = indexed;
    this.findings = findings;
    this.lost = lost;
    this.checks = checks;
    this.cancellation = cancellation;
  }

  /** Reads a pack and takes note of what is wrong with it. */
  void read(PackTable pack) {
    String name = PackReader.name(pack.pack()).toString();
    try {
      if (!packs.table(pack.pack()).equals(pack)) {
        findings.damaged(name, "its table differs from the index");
      }
    } catch (MailkeepException e) {
      findings.damaged(name, e);
    }
    for (BlockLocation location : pack.locations()) {
      cancellation.check();
      BlockInfo block = pack.blocks().get(location.number());
      if (indexed.isLeftBehind(location)) {
        block.chunks().forEach(chunk -> lost.add(chunk.id(), name));
        continue;
      }
      try {
        reader.verify(location, block.chunks());
        findings.chunks.addAndGet(block.chunks().size());
      } catch (UnreadableException | StorageException e) {
        repository.requireReachable(e);
        String object = e instanceof DamagedException damaged ? damaged.object() : name;
        findings.damaged(object, e);
        block.chunks().forEach(chunk -> lost.add(chunk.id(), object));
      }
    }
    readParity(pack.pack());
    findings.bytes.addAndGet(pack.size());
    boolean sound = !findings.isDamaged(name);
    checks.ifPresent(known -> known.read(pack.pack(), Instant.now(), sound));
  }

  private void readParity(ObjectId pack) {
    try {
      if (!repository.parity().isWhole(pack)) {
        findings.damaged(
            PackParity.name(pack).toString(),
            "parts of it are not what was written; nothing is lost by that, and 'mailkeep repair"
                + " parity' makes it anew");
      }
    } catch (NotFoundException e) {
      // Packs without parity are counted elsewhere.
    }
  }
}
