# Sourced by the launcher: runs Java, with what it has learnt of the program in an AOT cache.

# The cache is only for the very classes and the very Java that it was made with. Java 25 up to
# 25.0.3 does not check the former and would run the classes of old jars (JDK-8377932), so the
# cache stands in a folder named by the jars' hash, under a name with Java's version.
cache_name() {
  sed -n 's/^JAVA_RUNTIME_VERSION="\([^"/]*\)".*/\1.aot/p' "$jdk/release"
}

# The memory of the heap bounds that of the whole program to some 300 MB. Compile commands would
# make Java slower by a tenth of a second: it compares each method that it links with each of them.
run_java() { # FOLDER OPTION... CLASS ARGUMENT...: the program in FOLDER
  folder=$1
  shift
  exec "$jdk/bin/java" -Xmx160m -XX:+UseSerialGC -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    "-Djava.library.path=$folder/native" \
    "-DZstdNativePath=$(echo "$folder"/native/libzstd-jni*.so)" \
    -cp "$folder/lib/*" ${MAILKEEP_JAVA_OPTIONS:-} "$@"
}
