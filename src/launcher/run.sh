# Sourced by the launchers: runs Java, with what it has learnt of the program in an AOT cache.
# $jdk is the folder of the Java to run.

# The cache is only for the very classes and the very Java that it was made with. Java 25 up to
# 25.0.3 does not check the former and would run the classes of old jars (JDK-8377932), so the
# cache stands in a folder named by the jars' hash, under a name with Java's version.
cache_name() {
  sed -n 's/^JAVA_RUNTIME_VERSION="\([^"/]*\)".*/\1.aot/p' "$jdk/release"
}

# The memory of the heap bounds that of the whole program to some 300 MB; a restore keeps what it is
# about to write outside of it.
#
# A core file would have mail and keys in it, so there is none.
#
# What is not in the AOT cache is looked for in one jar after the other, and to open a large one takes
# milliseconds: the program's own come first. Picocli's search for Groovy would open all of them.
#
# The program ends at once, without waiting for Java's compiler threads, unless there are options
# that may ask for something at the end, such as a recording of JFR.
run_java() { # FOLDER OPTION... CLASS ARGUMENT...: the program in FOLDER
  folder=$1
  shift
  ulimit -c 0
  exec "$jdk/bin/java" "-Xmx${heap:-128m}" -XX:+UseSerialGC -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    "-Djava.library.path=$folder/native" \
    "-DZstdNativePath=$(set +f && echo "$folder"/native/libzstd-jni*.so)" \
    -Dpicocli.disable.closures=true '-Dpicocli.converters.excludes=java\.sql\..*' \
    -cp "$folder/program/*:$folder/lib/*" ${MAILKEEP_JAVA_OPTIONS:--Dmailkeep.end=at-once} "$@"
}

# How Java compiles. Short commands end before the optimising compiler has paid for itself, and the
# other one nearly. What walks whole trees is as short on a small store, and on one of a million
# messages deciphers for ten seconds: it gets the ciphers optimised and hardly anything else. Backups
# and restores need it, but let do what it usually does it takes a quarter of a first backup's time: it
# starts at ten times its usual thresholds. Ciphers, digests and base64 are compiled early all the same,
# for as plain Java they are ten times slower, and they are called for so much at a time that they
# become hot late. Java compares each method that it links with each such pattern, so each names a class:
# wildcards over packages made each start slower by a tenth of a second. To optimise a method takes up to
# 29 MB; for a small one it took 179 once in a while, which nothing bounds unless it is told to. That limit
# is for all methods, and commands did not become slower by it.
compiler_for() { # COMMAND SUBCOMMAND: sets $compiler
  late='-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
    -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000'
  early='-XX:CompileCommand=quiet -XX:CompileCommand=MemLimit,*.*,32m'
  for pattern in com.sun.crypto.provider.GHASH com.sun.crypto.provider.CounterMode \
    'java.util.Base64$Decoder' sun.security.provider.DigestBase sun.security.provider.SHA2; do
    early="$early -XX:CompileCommand=CompileThresholdScaling,$pattern::*,0.01"
  done
  case "$1 $2" in
    find\ * | diff\ * | 'mailbox list')
      compiler="-XX:CompileThresholdScaling=3 -XX:Tier4InvocationThreshold=500000
        -XX:Tier4MinInvocationThreshold=60000 -XX:Tier4CompileThreshold=1500000
        -XX:Tier4BackEdgeThreshold=4000000 $early"
      ;;
    accounts\ * | queue\ * | snapshots\ * | ls\ * | stats\ * | status\ * | -* | ' ' | \
      config\ * | install-units\ * | \
      'mailbox log' | 'mailbox search' | 'key list')
      compiler='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3'
      ;;
    # Nearly all runs are short, too, and a few are the longest of all: what they do is compiled late.
    run\ *) compiler="-XX:CompileThresholdScaling=10 $early" ;;
    *) compiler="$late $early" ;;
  esac
}

# The program as its user called it.
start() { # LAUNCHER FOLDER CACHE ARGUMENT...
  launcher=$1 program=$2 cache=$3
  shift 3
  # cron sets no locale, and each of the C library's arenas holds memory that is never used again. RocksDB
  # runs ldd at each start to learn which C library there is unless it is told.
  export LC_ALL=C.UTF-8
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" ROCKSDB_MUSL_LIBC="${ROCKSDB_MUSL_LIBC:-false}"
  compiler_for "${1:-}" "${2:-}"
  [ "${1:-}" != restore ] || heap=112m
  set -f # the options hold asterisks
  if [ -e "$cache" ]; then
    run_java "$program" $compiler "-Dmailkeep.program=$launcher" "-XX:AOTCache=$cache" \
      -Xlog:disable -Xlog:all=off org.mailkeep.cli.Main "$@"
  else
    run_java "$program" $compiler "-Dmailkeep.program=$launcher" org.mailkeep.cli.Main "$@"
  fi
}
