package org.mailkeep.engine.move;

import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.RawPath;

/**
 * Which domains to move, and where from and to. All paths are absolute; those of a server are as
 * that server sees them.
 *
 * @param domains their names, without aliases, in lower case
 * @param oldRoot the directory of the snapshot that was the old server's root
 * @param oldQmail qmail's home on the old server
 * @param newRoot the directory that is the new server's root
 * @param qmail qmail's home on the new server
 * @param vpopmail vpopmail's home on the new server; empty: what the passwd database says
 * @param existing what to do where a domain is there already
 * @param ownership which owners and groups the files get
 * @param finish whether to run what must be run, and let mail in
 * @param parallelism how many threads work
 */
public record MoveSettings(
    List<String> domains,
    RawPath oldRoot,
    RawPath oldQmail,
    RawPath newRoot,
    RawPath qmail,
    Optional<RawPath> vpopmail,
    RestoreSettings.Existing existing,
    OwnershipRequest ownership,
    boolean finish,
    Parallelism parallelism) {

  /** Copies the list. */
  public MoveSettings {
    domains = List.copyOf(domains);
  }
}
