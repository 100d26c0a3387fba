package org.mailkeep.engine.backup;

import org.mailkeep.engine.content.Holes;
import org.mailkeep.unix.Input;

/** The holes of an open sparse file, by SEEK_HOLE and SEEK_DATA (lseek(2)). */
public final class FileHoles implements Holes {

  private final Input input;
  private final long size;

  /**
   * @param size the file's length in bytes
   */
  public FileHoles(Input input, long size) {
    this.input = input;
    this.size = size;
  }

  @Override
  public long lengthAt(long position) {
    if (position >= size) {
      return 0;
    }
    long data = input.nextData(position);
    return (data < 0 ? size : Math.min(data, size)) - position;
  }

  @Override
  public long dataLengthAt(long position) {
    long hole = input.nextHole(position);
    return hole <= position || hole >= size ? Long.MAX_VALUE : hole - position;
  }

  @Override
  public long skip(long position, long length) {
    input.position(position + length);
    return position + length;
  }
}
