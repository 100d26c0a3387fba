package org.mailkeep.engine.restore;

import java.util.HashMap;
import java.util.Map;
import org.mailkeep.unix.Directory;

/** The file systems that a restore may have written to: the target's, and those mounted in it. */
final class WrittenFileSystems implements AutoCloseable {

  private final Map<Long, Directory> byDevice = new HashMap<>();

  /** This directory was there and is written to. */
  void note(Directory directory) {
    byDevice.computeIfAbsent(directory.stat().device(), _ -> directory.duplicate());
  }

  /** Returns when all is on disk. */
  void sync() {
    byDevice.values().forEach(Directory::syncFileSystem);
  }

  @Override
  public void close() {
    byDevice.values().forEach(Directory::close);
  }
}
