# Sourced by the launcher: runs Java, with what it has learnt of the program in an AOT cache.

# The cache is only for the very classes and the very Java that it was made with. Java 25 up to
# 25.0.3 does not check the former and would run the classes of old jars (JDK-8377932), so the
# cache stands in a folder named by the jars' hash, under a name with Java's version.
cache_name() {
  sed -n 's/^JAVA_RUNTIME_VERSION="\([^"/]*\)".*/\1.aot/p' "$jdk/release"
}

# The memory of the heap bounds that of the whole program to some 300 MB. The two classes that
# decrypt are compiled early: as plain Java they are ten times slower, and blocks are too few to
# make them hot soon. Java compares each method that it links with each such pattern, so there are
# two, and both name a class: wildcards over packages made each start slower by a tenth of a second.
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
  exec "$jdk/bin/java" -Xmx160m -XX:+UseSerialGC -XX:-UsePerfData \
    -XX:CompileCommand=quiet \
    '-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.GHASH::*,0.01' \
    '-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.CounterMode::*,0.01' \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    "-Djava.library.path=$folder/native" \
    "-DZstdNativePath=$(echo "$folder"/native/libzstd-jni*.so)" \
    -Dpicocli.disable.closures=true '-Dpicocli.converters.excludes=java\.sql\..*' \
    -cp "$folder/program/*:$folder/lib/*" ${MAILKEEP_JAVA_OPTIONS:--Dmailkeep.end=at-once} "$@"
}
