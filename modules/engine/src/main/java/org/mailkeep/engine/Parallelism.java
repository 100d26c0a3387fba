package org.mailkeep.engine;

/**
 * How many threads work at a time.
 *
 * @param readers how many read or write files; one is the thread that runs the whole
 * @param compressors how many compress and store beside them; with none, who reads does it
 */
public record Parallelism(int readers, int compressors) {

  /** All that the processor can do. Half of the threads wait for a disk most of the time. */
  public static Parallelism all() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Parallelism(cores, cores);
  }

  /**
   * So many threads and no more.
   *
   * @param threads at least 1
   */
  public static Parallelism atMost(int threads) {
    return new Parallelism(threads, 0);
  }
}
