package org.mailkeep.engine.move;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.AssignedDomain;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Body;

/** Finds a domain on the old server and its place on the new one. */
final class DomainFinder {

  private static final FileName DOMAINS = FileName.of("domains");
  private static final FileName VPASSWD = FileName.of("vpasswd");

  private final OldServer old;
  private final NewServer server;
  private final AssignFile there;
  private final AssignFile here;
  private final RawPath vpopmail;
  private final RestoreSettings.Existing existing;
  private final ObjectId snapshot;

  /**
   * @param there users/assign of the old server
   * @param here that of the new one
   * @param vpopmail vpopmail's home on the new server
   */
  DomainFinder(
      OldServer old,
      NewServer server,
      AssignFile there,
      AssignFile here,
      RawPath vpopmail,
      RestoreSettings.Existing existing,
      ObjectId snapshot) {
    this.old = old;
    this.server = server;
    this.there = there;
    this.here = here;
    this.vpopmail = vpopmail;
    this.existing = existing;
    this.snapshot = snapshot;
  }

  /** The domain and its aliases on the old server, itself first. */
  List<AssignedDomain> family(String name) {
    AssignedDomain domain =
        there
            .domain(name)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "The snapshot's users/assign has no domain " + name,
                        "It has: " + some() + "."));
    if (domain.isAlias()) {
      throw new UsageException(
          name + " is another name of " + RawText.display(domain.realName()),
          "Move " + RawText.display(domain.realName()) + ": its other names come along.");
    }
    return there.family(domain);
  }

  private String some() {
    List<String> names =
        there.domains().stream()
            .filter(domain -> !domain.isAlias())
            .map(domain -> RawText.display(domain.name()))
            .toList();
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.subList(0, Math.min(10, names.size())))
            + (names.size() > 10 ? ", …" : "");
  }

  MovingDomain find(String name) {
    List<AssignedDomain> family = family(name);
    RawPath oldHome = RawPath.of(family.getFirst().directory());
    SnapshotTree.Found folder = folder(name, oldHome);
    RawPath home =
        here.domain(name)
            .map(assigned -> RawPath.of(assigned.directory()))
            .orElseGet(() -> vpopmail.resolve(DOMAINS).resolve(FileName.of(name)));
    refuseOthers(family, home);
    List<HomeMove> homes =
        Stream.of(oldHome, old.seen(folder))
            .distinct()
            .flatMap(from -> MovingDomain.move(from, home))
            .toList();
    return new MovingDomain(
        name,
        family.stream().skip(1).map(AssignedDomain::name).toList(),
        folder,
        oldHome,
        home,
        homes,
        places(homes, oldHome),
        old.tree().find(folder.path().resolve(VPASSWD)).isEmpty(),
        step(name, home));
  }

  /** The domain itself, and the home of vpopmail with its programs. */
  private MovedPaths places(List<HomeMove> homes, RawPath oldHome) {
    Stream<HomeMove> program =
        oldVpopmail(oldHome).stream().flatMap(from -> MovingDomain.move(from, vpopmail));
    return new MovedPaths(Stream.concat(homes.stream(), program).toList());
  }

  /** The home of the old vpopmail, if the domain was below its domains. */
  private static Optional<RawPath> oldVpopmail(RawPath oldHome) {
    RawPath home = RawPath.ROOT;
    for (FileName name : oldHome.names()) {
      if (name.equals(DOMAINS)) {
        return home.equals(RawPath.ROOT) ? Optional.empty() : Optional.of(home);
      }
      home = home.resolve(name);
    }
    return Optional.empty();
  }

  private SnapshotTree.Found folder(String name, RawPath oldHome) {
    return old.find(oldHome)
        .filter(found -> isWhole(found.entry().body()))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "The snapshot does not have "
                        + oldHome
                        + ", where users/assign says that "
                        + name
                        + " is",
                    "Take a snapshot of the old server that includes it."));
  }

  /** A directory that was backed up only in part leads to something else. */
  private static boolean isWhole(Body body) {
    return body instanceof Body.Directory directory && !directory.partial();
  }

  /** Another domain's address must not become this one's. */
  private void refuseOthers(List<AssignedDomain> family, RawPath home) {
    for (AssignedDomain one : family) {
      Optional<AssignedDomain> present = here.domain(one.name());
      if (present.isPresent() && !RawPath.of(present.get().directory()).equals(home)) {
        throw new RefusedException(
            RawText.display(one.name())
                + " belongs to "
                + RawText.display(present.get().realName())
                + " on the new server, in "
                + RawText.display(present.get().directory()),
            "Nothing was written. Remove it there first (vdeldomain), if it is to move.");
      }
    }
  }

  private MovingDomain.Step step(String name, RawPath home) {
    HeldFolder.State state = new HeldFolder(server, home).state();
    if (existing != RestoreSettings.Existing.FAIL && !(state instanceof HeldFolder.State.Absent)) {
      return MovingDomain.Step.MERGE;
    }
    return switch (state) {
      case HeldFolder.State.Moving(String from, boolean held, boolean filled)
          when from.equals(snapshot.toString()) ->
          !held
              ? MovingDomain.Step.NOTHING
              : filled ? MovingDomain.Step.CONTINUE : MovingDomain.Step.COMPLETE;
      case HeldFolder.State.Moving(String from, boolean _, boolean _) ->
          throw new RefusedException(
              server.here(home) + " is of a move that was not completed, from snapshot " + from,
              "Nothing was written. Complete it with that snapshot, or say what to do with its"
                  + " files: --existing skip keeps them, --existing replace replaces them.");
      case HeldFolder.State.Present _ -> throw exists(name, server.here(home).toString());
      case HeldFolder.State.Absent _
          when here.domain(name).isPresent() && existing == RestoreSettings.Existing.FAIL ->
          throw exists(name, "its users/assign");
      case HeldFolder.State.Absent _ -> MovingDomain.Step.MAKE;
    };
  }

  private static RefusedException exists(String name, String where) {
    return new RefusedException(
        name + " is on the new server already: " + where,
        "Nothing was written. --existing skip adds what is missing and keeps what is there,"
            + " --existing replace replaces files that are there.");
  }
}
