# Sourced by the launcher: builds what it runs.
#
#   $built/HASH/program, lib, native    the program, named by a hash of its content
#   $built/HASH/VERSION.aot    what Java has learnt of it, one file for each Java
#   $built/current             a link to the newest
#
# A new build never touches the files of an older one, which may be running.

# Whether there is a build, and no source is newer. Folders count: they change when files go.
is_built() {
  [ -e "$program/built" ] || return 1
  [ -z "$(find "$here/pom.xml" "$here"/modules/*/pom.xml "$here"/modules/*/src/main \
    "$here/src/launcher" -newer "$program/built" -print -quit 2>/dev/null)" ]
}

# Builds, one process at a time; whoever waited finds it done. What cannot be built because the
# checkout belongs to somebody else still runs as it was built last.
build() {
  if ! { mkdir -p "$built" && : >"$built/lock"; } 2>/dev/null; then
    if [ -e "$program/built" ]; then
      return 0
    fi
    echo "mailkeep: is not built yet, and $built cannot be written: run it once as the checkout's owner" >&2
    return 1
  fi
  (
    flock 9 2>/dev/null
    is_built && exit 0
    echo "mailkeep: building once, this takes about a minute ..." >&2
    work=$built/work
    rm -rf "$work"
    mkdir "$work" || exit 1
    touch "$work/built"
    build_in "$work" >"$work/log" 2>&1 || {
      cat "$work/log" >&2
      echo "mailkeep: the build failed" >&2
      exit 1
    }
  ) 9>"$built/lock"
}

# Lets Java learn the program: later starts take a fraction of the time. Without it all works too.
rehearse() { # FOLDER PLACE
  mkdir "$2"
  (
    . "$here/src/launcher/run.sh"
    export LC_ALL=C.UTF-8 ROCKSDB_MUSL_LIBC=false
    run_java "$1" "-XX:AOTCacheOutput=$1/$(cache_name)" org.mailkeep.cli.Rehearsal "$2"
  ) || echo "no AOT cache was made"
  rm -rf "$2"
}

# Each step says for itself what follows from its failure: "set -e" has no effect before "||".
build_in() {
  trap 'exit 1' INT TERM
  find_jdk javac || return 1
  "$here/mvnw" -q -ntp -Pquick -pl modules/cli -am package </dev/null || return 1
  quick=$here/modules/cli/target/quick
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/src/launcher/Assemble.java" \
    "$quick/mailkeep-cli.jar" "$quick/class-path" "$quick/picocli-sources.jar" "$1/new" >"$1/hash" || return 1
  hash=$(cat "$1/hash")
  rehearse "$1/new" "$1/rehearsal"
  if [ -d "$built/$hash" ]; then
    mv "$1/built" "$built/$hash/built" || return 1
  else
    mv "$1/built" "$1/new/built" && mv "$1/new" "$built/$hash" || return 1
  fi
  ln -s "$hash" "$1/current" || return 1
  last=$(readlink "$built/current" || true)
  mv -T "$1/current" "$built/current" || return 1
  # The last one may still be running; those before it are a rebuild old and can go.
  for old in "$built"/????????????????; do
    case ${old##*/} in "$hash" | "$last") ;; *) rm -rf "$old" ;; esac
  done
}
