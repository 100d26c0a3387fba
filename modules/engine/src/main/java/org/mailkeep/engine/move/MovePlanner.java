package org.mailkeep.engine.move;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mailkeep.engine.account.OwnershipCheck;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.mail.account.MailAccounts;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.AssignedDomain;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.snapshot.Snapshot;

/** Finds out what moving domains comes to, and refuses what would go wrong. Writes nothing. */
final class MovePlanner {

  private static final int EXAMPLES = 5;
  private static final FileName QUEUE = FileName.of("queue");

  private final Snapshot snapshot;
  private final MoveSettings settings;
  private final AccountDatabase host;
  private final OldServer old;
  private final NewServer server;
  private final List<String> notes = new ArrayList<>();

  MovePlanner(
      Snapshot snapshot,
      MoveSettings settings,
      OldServer old,
      NewServer server,
      AccountDatabase host) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.host = host;
    this.old = old;
    this.server = server;
  }

  /**
   * Makes the plan.
   *
   * @throws NotFoundException where the snapshot lacks a domain, or the host qmail or vpopmail
   * @throws RefusedException where something stands in the way
   */
  MovePlan plan() {
    server.requireQmail();
    AssignFile there = old.assign();
    RawPath vpopmail = vpopmail();
    DomainFinder finder =
        new DomainFinder(
            old, server, there, server.assign(), vpopmail, settings.existing(), snapshot.id());
    List<MovingDomain> domains = settings.domains().stream().distinct().map(finder::find).toList();
    List<AssignedDomain> assigned =
        domains.stream().flatMap(domain -> finder.family(domain.name()).stream()).toList();
    OwnerMapping mapping =
        OwnershipCheck.mapping(ownership(settings, domains), snapshot.manifest(), host);
    checkOwners(assigned, mapping);
    domains.forEach(this::note);

    Set<String> names = new LinkedHashSet<>();
    domains.forEach(domain -> names.addAll(domain.names()));
    LinePlanner lines = new LinePlanner(old, server, names, notes);
    List<String> assign = LinePlanner.assign(assigned, mapping);
    List<String> virtual = lines.virtualDomains();
    List<String> locals = lines.locals();
    List<String> hosts = lines.hosts();
    return new MovePlan(
        domains,
        assign,
        virtual,
        locals,
        hosts,
        lines.changes(assign, virtual, locals, hosts),
        mapping,
        followUps(domains, vpopmail, lines.needsMoreRcptHosts(hosts)),
        notes);
  }

  private RawPath vpopmail() {
    return settings
        .vpopmail()
        .or(() -> host.user(MailAccounts.VPOPMAIL).map(UserAccount::home).map(RawPath::of))
        .filter(RawPath::isAbsolute)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "This host has no user "
                        + MailAccounts.VPOPMAIL
                        + ", whose home has the domains",
                    "Say where it is with --vpopmail-home DIR."));
  }

  /** What the user said about owners, and that the domains' folders are elsewhere now. */
  static OwnershipRequest ownership(MoveSettings settings, List<MovingDomain> domains) {
    OwnershipRequest said = settings.ownership();
    List<HomeMove> homes =
        Stream.concat(
                domains.stream().flatMap(domain -> domain.homes().stream()), said.homes().stream())
            .toList();
    return new OwnershipRequest(said.byName(), said.numeric(), said.users(), said.groups(), homes);
  }

  /** The numbers in users/assign, as those of files. */
  private void checkOwners(List<AssignedDomain> assigned, OwnerMapping mapping) {
    // What it remarks on, the restore of the files does too.
    List<String> _ =
        OwnershipCheck.run(
            settings.ownership(),
            mapping,
            snapshot.manifest(),
            host,
            numbers(assigned.stream().map(AssignedDomain::uid)),
            numbers(assigned.stream().map(AssignedDomain::gid)));
  }

  private static List<Integer> numbers(Stream<String> texts) {
    return texts
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(Long::parseLong)
        .filter(number -> number >>> 32 == 0)
        .map(Long::intValue)
        .distinct()
        .toList();
  }

  private void note(MovingDomain domain) {
    if (domain.inDatabase()) {
      notes.add(
          domain.name()
              + " has no vpasswd: its accounts are in a database (SQL or LDAP). Bring them from a"
              + " dump of the old one"
              + (domain.homes().isEmpty()
                  ? ""
                  : ", with "
                      + domain.home()
                      + " in place of "
                      + domain.oldHome()
                      + " in the directories of the mailboxes (pw_dir)"));
    }
    noteInstructions(domain);
  }

  private void noteInstructions(MovingDomain domain) {
    long[] count = {0};
    List<String> examples = new ArrayList<>();
    new Instructions(old)
        .visit(
            domain,
            (found, _, _) -> {
              if (++count[0] <= EXAMPLES) {
                int above = domain.folder().path().text().length() + 1;
                examples.add(RawText.display(found.path().text().substring(above)));
              }
            });
    if (count[0] > 0) {
      notes.add(
          domain.name()
              + ": paths of the old server become those of the new one in "
              + String.join(", ", examples)
              + (count[0] > EXAMPLES ? " and " + (count[0] - EXAMPLES) + " more files" : ""));
    }
  }

  private List<FollowUp> followUps(
      List<MovingDomain> domains, RawPath vpopmail, boolean moreRcptHosts) {
    List<FollowUp> all = new ArrayList<>();
    all.add(FollowUp.program(FollowUp.Due.ASSIGNED, settings.qmail(), "qmail-newu"));
    domains.stream()
        .filter(domain -> !domain.inDatabase())
        .map(
            domain -> FollowUp.program(FollowUp.Due.ASSIGNED, vpopmail, "vmkpasswd", domain.name()))
        .forEach(all::add);
    all.add(new FollowUp.HangUp(settings.qmail().resolve(QUEUE)));
    if (moreRcptHosts) {
      all.add(FollowUp.program(FollowUp.Due.ACCEPTED, settings.qmail(), "qmail-newmrh"));
    }
    domains.forEach(domain -> all.add(new FollowUp.Release(domain.home())));
    return all;
  }
}
