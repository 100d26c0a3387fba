package org.mailkeep.engine.content;

/** Where a sparse file has nothing. */
public interface Holes {

  /** A file without holes. */
  Holes NONE =
      new Holes() {
        @Override
        public long lengthAt(long position) {
          return 0;
        }

        @Override
        public long dataLengthAt(long position) {
          return Long.MAX_VALUE;
        }

        @Override
        public long skip(long position, long length) {
          throw new IllegalStateException("there is no hole");
        }
      };

  /** The length of the hole that begins here, in bytes; 0 where there is data or the end. */
  long lengthAt(long position);

  /** The length of the data from here to the next hole, or anything longer. */
  long dataLengthAt(long position);

  /** Moves the source over a hole; gives the position behind it. */
  long skip(long position, long length);
}
