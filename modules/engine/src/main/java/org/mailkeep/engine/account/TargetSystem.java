package org.mailkeep.engine.account;

/** A system that {@link AccountScript} makes accounts for, with its own commands for it. */
public enum TargetSystem {

  /** groupadd(8), useradd(8) and usermod(8) of the shadow tools. */
  LINUX(
      """
      add_group() { # NAME GID alone|shared
        shared=; [ "$3" = alone ] || shared=--non-unique
        groupadd ${root:+--prefix "$root"} $shared --gid "$2" -- "$1"
      }

      add_user() { # NAME UID GID COMMENT HOME SHELL alone|shared
        shared=; [ "$7" = alone ] || shared=--non-unique
        system=; [ "$2" -ge 1000 ] || system=--system
        useradd ${root:+--prefix "$root"} $shared $system --uid "$2" --gid "$3" --comment "$4" \\
          --home-dir "$5" --shell "$6" --no-create-home -- "$1"
      }

      add_member() { # USER GROUP
        usermod ${root:+--prefix "$root"} --append --groups "$2" -- "$1"
      }
      """),

  /** pw(8). */
  FREEBSD(
      """
      add_group() { # NAME GID alone|shared
        shared=; [ "$3" = alone ] || shared=-o
        pw ${root:+-R "$root"} groupadd -n "$1" -g "$2" $shared
      }

      add_user() { # NAME UID GID COMMENT HOME SHELL alone|shared
        shared=; [ "$7" = alone ] || shared=-o
        pw ${root:+-R "$root"} useradd -n "$1" -u "$2" -g "$3" -c "$4" -d "$5" ${6:+-s "$6"} $shared
      }

      add_member() { # USER GROUP
        pw ${root:+-R "$root"} groupmod -n "$2" -m "$1"
      }
      """);

  private final String commands;

  TargetSystem(String commands) {
    this.commands = commands;
  }

  /** Shell functions that make one account each, under {@code $root} where that is not empty. */
  String commands() {
    return commands;
  }
}
