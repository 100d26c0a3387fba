package org.mailkeep.engine.account;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailkeep.model.RawText;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.snapshot.Manifest;

/**
 * A shell script that makes the users and groups of a snapshot, with their numbers. It changes
 * nothing that is there, so it can be run again; no home is made, for the restore brings it back.
 */
public final class AccountScript {

  private static final String BEFORE =
      """
      # Run as root: sh FILE [ROOT]
      # ROOT is a system mounted elsewhere, such as /mnt. Safe to run again: what is there already
      # stays as it is. Exits with 1 where an account is not what it was.
      root=${1-}
      status=0
      if [ ! -r "$root/etc/passwd" ] || [ ! -r "$root/etc/group" ]; then
        printf '%s\\n' "there are no accounts in $root/etc" >&2
        exit 1
      fi

      said() { printf '%s\\n' "$*"; }
      problem() { printf '%s\\n' "$*" >&2; status=1; }

      # One field of the account with a name or number.
      field() { # passwd|group KEY FIELD
        if [ -z "$root" ]; then
          getent "$1" "$2"
        else
          KEY=$2 awk -F: 'BEGIN { key = ENVIRON["KEY"] "" }
            $1 "" == key || $3 "" == key { print; exit }' "$root/etc/$1"
        fi | cut -d: -f"$3"
      }

      """;

  private static final String AFTER =
      """

      group() { # NAME GID alone|shared
        number=$(field group "$1" 3)
        other=$(field group "$2" 1)
        if [ "$number" = "$2" ]; then said "group $1 is $2 already"
        elif [ -n "$number" ]; then problem "group $1 is $number here, not $2; left as it is"
        elif [ -n "$other" ] && [ "$3" = alone ]; then problem "group $1 not made: $2 is $other here"
        elif add_group "$@"; then said "group $1 made as $2"
        else problem "group $1 not made"
        fi
      }

      user() { # NAME UID GID COMMENT HOME SHELL alone|shared
        number=$(field passwd "$1" 3)
        other=$(field passwd "$2" 1)
        if [ "$number" = "$2" ]; then
          own=$(field passwd "$1" 4)
          if [ "$own" = "$3" ]; then said "user $1 is $2 already"
          else problem "user $1 is $2 already, but its own group is $own here, not $3"
          fi
        elif [ -n "$number" ]; then problem "user $1 is $number here, not $2; left as it is"
        elif [ -n "$other" ] && [ "$7" = alone ]; then problem "user $1 not made: $2 is $other here"
        elif add_user "$@"; then said "user $1 made as $2"
        else problem "user $1 not made"
        fi
      }

      member() { # USER GROUP
        case ",$(field group "$2" 4)," in
          *",$1,"*) said "user $1 is in group $2 already" ;;
          *)
            if add_member "$@"; then said "user $1 put in group $2"
            else problem "user $1 not put in group $2"
            fi ;;
        esac
      }

      half_known() { # NAME UID
        if [ "$(field passwd "$1" 3)" = "$2" ]; then said "user $1 is $2 already"
        else problem "user $1 ($2) is to be made by hand: the snapshot has not kept its group and home"
        fi
      }

      """;

  private final Manifest manifest;
  private final StringBuilder out = new StringBuilder();
  private final Set<Integer> numbers = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private AccountScript(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * The script, as lossless text.
   *
   * @param title what it is made from, one line
   */
  public static String of(Manifest manifest, TargetSystem system, String title) {
    AccountScript script = new AccountScript(manifest);
    script.out.append("#!/bin/sh\n# ").append(RawText.display(title)).append('\n');
    script.out.append(BEFORE).append(system.commands()).append(AFTER);
    script.groups();
    script.users();
    script.members();
    return script.out.append("exit $status\n").toString();
  }

  private void groups() {
    manifest.accounts().groups().forEach(group -> group(group.name(), group.gid()));
    new TreeMap<>(manifest.groups()).forEach((gid, name) -> group(name, gid));
  }

  private void group(String name, int gid) {
    // Number 0 is there on every system, and not on every one is it called root.
    if (gid == 0 || name.isEmpty() || !names.add(name)) {
      return;
    }
    if (isUsable(name)) {
      line("group", name, number(gid), shared(gid));
    } else {
      unusable("group", name, gid);
    }
  }

  private void users() {
    numbers.clear();
    names.clear();
    manifest.accounts().users().forEach(this::user);
    new TreeMap<>(manifest.users()).forEach(this::halfKnown);
  }

  private void user(UserAccount user) {
    if (user.uid() == 0 || !names.add(user.name())) {
      return;
    }
    if (!isUsable(user.name()) || !isField(user.home()) || !isField(user.shell())) {
      unusable("user", user.name(), user.uid());
      return;
    }
    line(
        "user",
        user.name(),
        number(user.uid()),
        number(user.gid()),
        comment(user.gecos()),
        user.home().startsWith("/") ? user.home() : "/nonexistent",
        user.shell(),
        shared(user.uid()));
  }

  private void halfKnown(int uid, String name) {
    if (uid == 0 || name.isEmpty() || !names.add(name)) {
      return;
    }
    if (isUsable(name)) {
      line("half_known", name, number(uid));
    } else {
      unusable("user", name, uid);
    }
  }

  private void members() {
    for (GroupAccount group : manifest.accounts().groups()) {
      for (String member : group.members()) {
        if (group.gid() != 0 && isUsable(group.name()) && isUsable(member)) {
          line("member", member, group.name());
        }
      }
    }
  }

  /** Whether an account before this one has the same number already. */
  private String shared(int number) {
    return numbers.add(number) ? "alone" : "shared";
  }

  private void unusable(String kind, String name, int number) {
    line(
        "problem",
        kind
            + " "
            + RawText.display(name)
            + " ("
            + number(number)
            + ") cannot be made: no system takes its name, home or shell");
  }

  private void line(String command, String... arguments) {
    out.append(command);
    for (String argument : arguments) {
      out.append(' ').append(ShellWord.quoted(argument));
    }
    out.append('\n');
  }

  private static String number(int id) {
    return Integer.toUnsignedString(id);
  }

  /** What passwd(5) can hold and no command takes for an option, a number or two names. */
  private static boolean isUsable(String name) {
    return !name.isEmpty()
        && isField(name)
        && name.chars().noneMatch(c -> c == ',' || c == '/' || Character.isWhitespace(c))
        && "-+~".indexOf(name.charAt(0)) < 0
        && !name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isField(String text) {
    return text.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
  }

  private static String comment(String gecos) {
    return gecos
        .codePoints()
        .map(c -> c == ':' || Character.isISOControl(c) ? ' ' : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
