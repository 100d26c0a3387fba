package org.mailkeep.engine.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.mail.account.AccountFile;
import org.mailkeep.mail.account.AccountRewriter;
import org.mailkeep.mail.qmail.AssignedDomain;
import org.mailkeep.mail.qmail.ControlFile;
import org.mailkeep.mail.qmail.RcptHosts;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;

/** Finds the lines that qmail's files on the new server need for the domains that move there. */
final class LinePlanner {

  private final OldServer old;
  private final NewServer server;
  private final Set<String> names;
  private final List<String> notes;

  /**
   * @param names the domains and all their aliases
   * @param notes gets what the user should know
   */
  LinePlanner(OldServer old, NewServer server, Set<String> names, List<String> notes) {
    this.old = old;
    this.server = server;
    this.names = names;
    this.notes = notes;
  }

  /** The lines of users/assign, under the owners and homes of the new server. */
  static List<String> assign(List<AssignedDomain> domains, OwnerMapping mapping) {
    return domains.stream()
        .map(
            domain ->
                RawText.decode(
                    AccountRewriter.rewrite(
                        AccountFile.ASSIGN, RawText.encode(domain.line()), mapping)))
        .toList();
  }

  /**
   * The lines of virtualdomains: those of the old server for these names, for their subdomains and
   * for single addresses of theirs; where a name has none, the one that vpopmail makes.
   */
  List<String> virtualDomains() {
    Optional<ControlFile> there = old.control("virtualdomains");
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      List<String> own = there.map(file -> file.entriesOf(name)).orElse(List.of());
      lines.addAll(own.isEmpty() ? List.of(name + ":" + name) : own);
    }
    there.stream()
        .flatMap(file -> file.entries().stream())
        .filter(line -> isPartOf(ControlFile.key(line)))
        .forEach(lines::add);
    ControlFile here = server.control("virtualdomains").orElse(ControlFile.EMPTY);
    lines.forEach(line -> refuseOther(here, line));
    lines.forEach(this::noteOtherUser);
    return lines;
  }

  private boolean isPartOf(String key) {
    return names.stream().anyMatch(name -> key.equals("." + name) || key.endsWith("@" + name));
  }

  private static void refuseOther(ControlFile here, String line) {
    for (String present : here.entriesOf(ControlFile.key(line))) {
      if (!present.equalsIgnoreCase(line)) {
        throw new RefusedException(
            "control/virtualdomains of the new server has '"
                + RawText.display(present)
                + "', and the domain needs '"
                + RawText.display(line)
                + "'",
            "Nothing was written. Remove the line there first, if it is to change.");
      }
    }
  }

  private void noteOtherUser(String line) {
    String user = line.substring(line.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    if (!names.contains(user)) {
      notes.add(
          "control/virtualdomains: '"
              + RawText.display(line)
              + "' leads to an address that does not move along; see that the new server has it");
    }
  }

  /** The names that qmail-send would take for its own host. */
  List<String> locals() {
    Optional<ControlFile> locals = server.control("locals");
    if (locals.isEmpty()) {
      server
          .control("me")
          .flatMap(me -> me.entries().stream().findFirst())
          .filter(me -> names.contains(ControlFile.key(me)))
          .ifPresent(
              me ->
                  notes.add(
                      me
                          + " is the new server's own name (control/me), and without control/locals"
                          + " its mail stays local: make control/locals without it"));
    }
    return names.stream()
        .filter(name -> locals.filter(file -> file.has(name)).isPresent())
        .toList();
  }

  /** The names that mail is to be taken for. */
  List<String> hosts() {
    if (server.rcptHosts().isEmpty()) {
      notes.add(
          "the new server has no control/rcpthosts and so takes mail for any domain; none was made");
      return List.of();
    }
    Optional<RcptHosts> there = old.rcptHosts();
    Set<String> hosts = new TreeSet<>(names);
    there.ifPresent(
        lists -> {
          hosts.removeIf(name -> !lists.has(name));
          List<String> all = new ArrayList<>(lists.rcpthosts().entries());
          all.addAll(lists.more().entries());
          all.stream().filter(host -> isPartOf(ControlFile.key(host))).forEach(hosts::add);
          names.stream()
              .filter(name -> !lists.has(name))
              .forEach(
                  name ->
                      notes.add(
                          "the old server took no mail for "
                              + name
                              + " from outside (rcpthosts), and so will the new one"));
        });
    return List.copyOf(hosts);
  }

  /** What the lines come to as the files are now. */
  List<FileChange> changes(
      List<String> assign, List<String> virtualDomains, List<String> locals, List<String> hosts) {
    List<FileChange> changes = new ArrayList<>();
    changes.add(
        FileChange.between(
            server.assignPath(), server.assign().bytes(), server.assign().with(assign).bytes()));
    ControlFile local = server.control("locals").orElse(ControlFile.EMPTY);
    changes.add(
        FileChange.between(
            server.controlPath("locals"), local.bytes(), local.without(locals).bytes()));
    ControlFile virtual = server.control("virtualdomains").orElse(ControlFile.EMPTY);
    changes.add(
        FileChange.between(
            server.controlPath("virtualdomains"),
            virtual.bytes(),
            virtual.with(virtualDomains).bytes()));
    server
        .rcptHosts()
        .ifPresent(
            before -> {
              RcptHosts after = before.with(hosts);
              changes.add(
                  FileChange.between(
                      server.controlPath("rcpthosts"),
                      before.rcpthosts().bytes(),
                      after.rcpthosts().bytes()));
              changes.add(
                  FileChange.between(
                      server.controlPath("morercpthosts"),
                      before.more().bytes(),
                      after.more().bytes()));
            });
    changes.removeIf(FileChange::isNothing);
    return changes;
  }

  /** Whether some of these names will be in morercpthosts, which must be compiled. */
  boolean needsMoreRcptHosts(List<String> hosts) {
    return server
        .rcptHosts()
        .map(before -> before.with(hosts).more())
        .filter(more -> hosts.stream().anyMatch(more::has))
        .isPresent();
  }
}
