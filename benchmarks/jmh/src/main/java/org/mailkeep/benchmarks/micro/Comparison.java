package org.mailkeep.benchmarks.micro;

import java.util.List;

/**
 * An operation beside its limit.
 *
 * @param operation what is measured, for the table
 * @param benchmark its benchmark
 * @param limit what it cannot be faster than, for the table
 * @param limitBenchmark the limit's benchmark, with the same unit
 * @param unit of both
 */
record Comparison(
    String operation, Method benchmark, String limit, Method limitBenchmark, String unit) {

  /**
   * One benchmark.
   *
   * @param owner its class
   * @param name its method
   */
  record Method(Class<?> owner, String name) {
    /** The name that JMH has for it. */
    String qualified() {
      return owner.getName() + "." + name;
    }
  }

  private static final String BYTES = "MB/s";
  private static final String ENTRIES = "M entries/s";
  private static final String LOOK_UPS = "M/s";

  /** In the order in which a backup needs them. */
  static final List<Comparison> ALL =
      List.of(
          of(MessageBenchmark.class, "split", "Split messages", "copy", "memory copy", BYTES),
          of(
              MessageBenchmark.class,
              "store",
              "Split, prove and name messages",
              "sha256",
              "SHA-256",
              BYTES),
          of(
              ChunkBenchmark.class,
              "cut",
              "Cut other files into chunks",
              "copy",
              "memory copy",
              BYTES),
          of(
              ChunkBenchmark.class,
              "name",
              "Name the chunks of messages",
              "sha256",
              "SHA-256",
              BYTES),
          lookUp("containsAbsent", "Miss a chunk in the index", "absent"),
          lookUp("containsPresent", "Know a chunk in the index", "present"),
          lookUp("find", "Find a chunk in the index", "present"),
          of(BlockBenchmark.class, "compress", "Compress a block of text", "zstd", "zstd", BYTES),
          of(BlockBenchmark.class, "decompress", "Decompress it", "unzstd", "zstd", BYTES),
          of(SealBenchmark.class, "seal", "Seal a block", "encrypt", "AES-256-GCM", BYTES),
          of(SealBenchmark.class, "open", "Open it", "decrypt", "AES-256-GCM", BYTES),
          of(NodeBenchmark.class, "encode", "Encode tree nodes", "copy", "memory copy", ENTRIES),
          of(NodeBenchmark.class, "decode", "Decode tree nodes", "copy", "memory copy", ENTRIES));

  private static Comparison of(
      Class<?> owner, String name, String operation, String limitName, String limit, String unit) {
    return new Comparison(
        operation, new Method(owner, name), limit, new Method(owner, limitName), unit);
  }

  private static Comparison lookUp(String name, String operation, String limitName) {
    return new Comparison(
        operation,
        new Method(IndexBenchmark.class, name),
        "RocksDB",
        new Method(RocksDbBenchmark.class, limitName),
        LOOK_UPS);
  }
}
