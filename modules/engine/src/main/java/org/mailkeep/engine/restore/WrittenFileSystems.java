package org.mailkeep.engine.restore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailkeep.engine.BackgroundTask;
import org.mailkeep.unix.Directory;

/**
 * The file systems that a restore may have written to: the target's, and those mounted in it. While
 * it goes on, what is written is brought to disk now and then in the background, so that the disk
 * has something to do from the beginning and the end does not wait for all of it. One thread may
 * note them while another tells what was written.
 */
final class WrittenFileSystems implements AutoCloseable {

  private static final long OFTEN = 256L << 20;

  private final Map<Long, Directory> byDevice = new ConcurrentHashMap<>();
  private final BackgroundTask syncing = new BackgroundTask("sync");
  private long bytes;

  /** This directory was there and is written to. */
  void note(Directory directory) {
    byDevice.computeIfAbsent(directory.stat().device(), _ -> directory.duplicate());
  }

  /** So many bytes more are written. */
  void wrote(long more) {
    bytes += more;
    if (bytes >= OFTEN && !syncing.isBusy()) {
      bytes = 0;
      syncing.begin(this::syncAll);
    }
  }

  /** Returns when all is on disk. */
  void sync() {
    syncing.finish();
    syncAll();
  }

  private void syncAll() {
    byDevice.values().forEach(Directory::syncFileSystem);
  }

  @Override
  public void close() {
    syncing.close();
    byDevice.values().forEach(Directory::close);
  }
}
