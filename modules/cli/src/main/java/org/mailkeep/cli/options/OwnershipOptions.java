package org.mailkeep.cli.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** To whom restored files belong. */
public final class OwnershipOptions {

  @Option(
      names = "--by-name",
      description =
          "Give files to the users and groups that have the same names here, whatever their"
              + " numbers; names that are unknown here keep their numbers.")
  private boolean byName;

  @Option(
      names = "--numeric-owner",
      description = "Keep all numbers, whatever this host calls them, and compare no names.")
  private boolean numeric;

  @Option(
      names = "--map-uid",
      paramLabel = "A=B",
      description = "Files of user number A become those of B. May be given several times.")
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--map-gid",
      paramLabel = "A=B",
      description = "Files of group number A become those of B. May be given several times.")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--map-home",
      paramLabel = "DIR=DIR",
      description =
          "Homes below the first DIR are below the second one now: changes users/assign and"
              + " vpasswd, not where files come back to.")
  private List<String> homes = new ArrayList<>();

  @Option(names = "--no-owner", description = "Do not set owners and groups.")
  private boolean noOwner;

  /** Whether to set owners and groups at all. */
  public boolean owner() {
    return !noOwner;
  }

  /**
   * What was asked for.
   *
   * @throws UsageException where it makes no sense
   */
  public OwnershipRequest request() {
    if (byName && numeric) {
      throw new UsageException(
          "--by-name and --numeric-owner contradict each other", "Give one of them.");
    }
    if (noOwner && (byName || numeric || !users.isEmpty() || !groups.isEmpty())) {
      throw new UsageException(
          "--no-owner sets no owners, and another option says which ones",
          "Give --no-owner, or --by-name, --numeric-owner, --map-uid and --map-gid.");
    }
    return new OwnershipRequest(
        byName,
        numeric,
        numbers("--map-uid", users),
        numbers("--map-gid", groups),
        homes.stream().map(OwnershipOptions::home).toList());
  }

  private static Map<Integer, Integer> numbers(String option, List<String> pairs) {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (String pair : pairs) {
      int equals = Math.max(0, pair.indexOf('='));
      int from = number(option, pair, pair.substring(0, equals));
      int to = number(option, pair, pair.substring(Math.min(equals + 1, pair.length())));
      Integer before = numbers.put(from, to);
      if (before != null && before != to) {
        throw new UsageException(
            option + " gives " + Integer.toUnsignedString(from) + " two numbers",
            "Give each number once.");
      }
    }
    return numbers;
  }

  /** 4294967295 is no owner: chown(2) takes it for "as it is". */
  private static int number(String option, String pair, String text) {
    try {
      int number = Integer.parseUnsignedInt(text);
      if (number != -1 && Character.isDigit(text.charAt(0))) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with what is out of range.
    }
    throw new UsageException(
        "'" + option + " " + pair + "' is not two numbers",
        "Write the snapshot's number, '=' and the one here: " + option + " 89=1089.");
  }

  private static HomeMove home(String pair) {
    int equals = pair.indexOf("=/");
    if (equals < 0) {
      throw new UsageException(
          "'--map-home " + pair + "' is not two directories",
          "Write both, with '=' between: --map-home /home/vpopmail=/srv/vpopmail.");
    }
    return new HomeMove(
        ByteString.of(pair.substring(0, equals)), ByteString.of(pair.substring(equals + 1)));
  }
}
