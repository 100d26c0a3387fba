# Sourced by the launcher: runs Java, with what it has learnt of the program in an AOT cache.

# The cache is only for the very classes and the very Java that it was made with. Java 25 up to
# 25.0.3 does not check the former and would run the classes of old jars (JDK-8377932), so the
# cache stands in a folder named by the jars' hash, under a name with Java's version.
cache_name() {
  sed -n 's/^JAVA_RUNTIME_VERSION="\([^"/]*\)".*/\1.aot/p' "$jdk/release"
}

# The memory of the heap bounds that of the whole program to some 300 MB. The JDK's AES-GCM and
# HMAC run a hundred times slower until they are compiled, so they are compiled early. What runs
# once a folder and not once a kilobyte is compiled late: C2 took a fifth of the time of a first
# backup of 11,000 folders.
run_java() { # FOLDER OPTION... CLASS ARGUMENT...: the program in FOLDER
  folder=$1
  shift
  exec "$jdk/bin/java" -Xmx160m -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=4 \
    -XX:CompileCommand=quiet \
    '-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.01' \
    '-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.*::*,0.01' \
    '-XX:CompileCommand=CompileThresholdScaling,org.mailkeep.engine.backup.*::*,20.0' \
    '-XX:CompileCommand=CompileThresholdScaling,org.mailkeep.model.*::*,20.0' \
    '-XX:CompileCommand=CompileThresholdScaling,org.mailkeep.repository*::*,20.0' \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    "-Djava.library.path=$folder/native" \
    "-DZstdNativePath=$(echo "$folder"/native/libzstd-jni*.so)" \
    -cp "$folder/lib/*" ${MAILKEEP_JAVA_OPTIONS:-} "$@"
}
