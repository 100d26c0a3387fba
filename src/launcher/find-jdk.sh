# Sourced by the launchers: find_jdk TOOL sets $jdk to the folder of a Java 25 or newer that has
# bin/TOOL, trying JAVA_HOME, then the folders where packages put it, then the PATH.

java_version_of() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  on_path=$(command -v "$1" 2>/dev/null)
  [ -n "$on_path" ] && on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")")
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/*/*jdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/* /usr/local/*jdk* "$on_path"; do
    [ -n "$jdk" ] && [ -x "$jdk/bin/$1" ] || continue
    version=$(java_version_of "$jdk")
    [ "${version:-0}" -ge 25 ] && return 0
  done
  echo "mailkeep: needs Java 25 or newer: install a JDK 25 (Debian: openjdk-25-jdk-headless or temurin-25-jdk) or set JAVA_HOME" >&2
  return 1
}
