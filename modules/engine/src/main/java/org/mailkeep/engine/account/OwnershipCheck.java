package org.mailkeep.engine.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;

/** Makes sure, before a byte is written, that restored files will belong to whom they belonged. */
public final class OwnershipCheck {

  private static final int EXAMPLES = 5;

  private final OwnershipRequest request;
  private final OwnerMapping mapping;
  private final AccountComparison comparison;

  private OwnershipCheck(
      OwnershipRequest request, OwnerMapping mapping, AccountComparison comparison) {
    this.request = request;
    this.mapping = mapping;
    this.comparison = comparison;
  }

  /**
   * What the user asked for, as a mapping.
   *
   * @throws RefusedException where the host's name service does not answer
   */
  public static OwnerMapping mapping(
      OwnershipRequest request, Manifest manifest, AccountDatabase host) {
    try {
      return request.mapping(manifest, host);
    } catch (SystemCallException e) {
      throw unanswered(e);
    }
  }

  /**
   * Checks the owners that a restore needs.
   *
   * @param uids their user numbers in the snapshot
   * @param gids their group numbers in the snapshot
   * @return what the user should know though it hinders nothing, a sentence each
   * @throws RefusedException where files would become somebody else's and nobody asked for that
   */
  public static List<String> run(
      OwnershipRequest request,
      OwnerMapping mapping,
      Manifest manifest,
      AccountDatabase host,
      Collection<Integer> uids,
      Collection<Integer> gids) {
    if (request.numeric()) {
      return List.of();
    }
    try {
      AccountComparison comparison = new AccountComparison(manifest, host);
      return new OwnershipCheck(request, mapping, comparison).check(uids, gids);
    } catch (SystemCallException e) {
      throw unanswered(e);
    }
  }

  private static RefusedException unanswered(SystemCallException e) {
    return new RefusedException(
        "The names of the owners cannot be looked up on this host: " + e.getMessage(),
        "Nothing was written. Mend the name service (nsswitch.conf), or use --numeric-owner to"
            + " restore by number without asking it.",
        e);
  }

  private List<String> check(Collection<Integer> uids, Collection<Integer> gids) {
    List<AccountFinding> open =
        comparison.of(uids, gids).stream().filter(finding -> !isSettled(finding)).toList();
    List<AccountFinding> conflicts = open.stream().filter(AccountFinding::isConflict).toList();
    if (!conflicts.isEmpty()) {
      throw new RefusedException(
          "Files would come back as somebody else's: " + list(conflicts, OwnershipCheck::conflict),
          "Nothing was written. Say what you want: --by-name gives files to the same names here,"
              + " --map-uid and --map-gid A=B to the numbers you name, --numeric-owner keeps the"
              + " numbers whatever they are called here. 'mailkeep accounts check' shows more.");
    }
    List<String> warnings = new ArrayList<>();
    List<AccountFinding> missing = open.stream().filter(AccountFinding::isMismatch).toList();
    if (!missing.isEmpty()) {
      warnings.add(
          "this host does not have "
              + list(missing, finding -> finding.kind().word() + " " + account(finding))
              + ": the files get the numbers; 'mailkeep accounts script' makes the accounts");
    }
    warnings.addAll(merged("users", uids, mapping::uid));
    warnings.addAll(merged("groups", gids, mapping::gid));
    return warnings;
  }

  /** Whether the user gave another number, or the name has given one. */
  private boolean isSettled(AccountFinding finding) {
    boolean user = finding.kind() == AccountFinding.Kind.USER;
    return (user ? request.users() : request.groups()).containsKey(finding.number())
        || (user ? mapping.users() : mapping.groups()).containsKey(finding.number());
  }

  private static String conflict(AccountFinding finding) {
    String there = finding.kind().word() + " " + RawText.display(finding.name()) + " is ";
    String number = Integer.toUnsignedString(finding.number());
    return finding.numberHere().isPresent()
        ? there
            + number
            + " in the snapshot and "
            + Integer.toUnsignedString(finding.numberHere().getAsInt())
            + " here"
        : there
            + number
            + " in the snapshot, which is "
            + RawText.display(finding.nameHere().orElse(""))
            + " here";
  }

  private static String account(AccountFinding finding) {
    return RawText.display(finding.name())
        + " ("
        + Integer.toUnsignedString(finding.number())
        + ")";
  }

  private interface Wording {
    String of(AccountFinding finding);
  }

  private static String list(List<AccountFinding> findings, Wording wording) {
    String some =
        findings.stream().limit(EXAMPLES).map(wording::of).collect(Collectors.joining("; "));
    return findings.size() > EXAMPLES ? some + "; …" : some;
  }

  /** Owners that were two and become one: what only one of them could read, both can now. */
  private static List<String> merged(
      String kind, Collection<Integer> numbers, IntUnaryOperator map) {
    Map<Integer, TreeSet<String>> sources = new TreeMap<>();
    for (int number : numbers) {
      sources
          .computeIfAbsent(map.applyAsInt(number), _ -> new TreeSet<>())
          .add(Integer.toUnsignedString(number));
    }
    return sources.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(
            entry ->
                "the "
                    + kind
                    + " "
                    + String.join(" and ", entry.getValue())
                    + " of the snapshot become one: "
                    + Integer.toUnsignedString(entry.getKey()))
        .toList();
  }
}
