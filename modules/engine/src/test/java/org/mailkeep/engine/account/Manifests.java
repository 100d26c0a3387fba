package org.mailkeep.engine.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;

/** Manifests of which only the owners are of interest. */
public final class Manifests {

  private static final Entry ROOT =
      new Entry(
          FileName.of(Manifest.ROOT_NAME),
          new Metadata(0755, 0, 0, 0, 0, List.of()),
          new Body.Directory(new ChunkId(1, 2, 3), 0, 0, true),
          0);

  private Manifests() {}

  static Manifest of(
      Map<Integer, String> users, Map<Integer, String> groups, AccountFacts accounts) {
    return new Manifest(
        Instant.EPOCH,
        Instant.EPOCH,
        "mx1",
        List.of(),
        List.of(),
        List.of(),
        ROOT,
        Optional.empty(),
        users,
        groups,
        accounts,
        List.of(),
        new Manifest.Unreadable(0, List.of()),
        new Manifest.Counts(0, 0, 0, 0, 0),
        List.of(),
        "test");
  }

  /** The same snapshot, said to have been made on another host. */
  public static Manifest elsewhere(
      Manifest manifest,
      Map<Integer, String> users,
      Map<Integer, String> groups,
      AccountFacts accounts) {
    return new Manifest(
        manifest.time(),
        manifest.finished(),
        manifest.host(),
        manifest.sources(),
        manifest.profiles(),
        manifest.tags(),
        manifest.root(),
        manifest.parent(),
        users,
        groups,
        accounts,
        manifest.leftOut(),
        manifest.unreadable(),
        manifest.counts(),
        manifest.options(),
        manifest.program());
  }

  /** The same snapshot, said to lack what could not be read. */
  public static Manifest incomplete(Manifest manifest, Manifest.Unreadable unreadable) {
    return new Manifest(
        manifest.time(),
        manifest.finished(),
        manifest.host(),
        manifest.sources(),
        manifest.profiles(),
        manifest.tags(),
        manifest.root(),
        manifest.parent(),
        manifest.users(),
        manifest.groups(),
        manifest.accounts(),
        manifest.leftOut(),
        unreadable,
        manifest.counts(),
        manifest.options(),
        manifest.program());
  }
}
