package org.mailkeep.engine.archive;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Accounts;

/** Archives in memory, and what is read of them. */
public final class Members {

  /** A member with all its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // compared field by field
  public record Member(ArchiveEntry entry, byte[] content) {}

  /** Hears nothing. */
  public static final ArchiveObserver SILENT =
      new ArchiveObserver() {
        @Override
        public void skipped(RawPath path, String problem) {}

        @Override
        public void note(String text) {}
      };

  private Members() {}

  /** Opens an archive. */
  public static ArchiveReader open(byte[] archive) {
    return Archives.open(
        new ByteArrayInputStream(archive), "test.tar", 1L << 30, SILENT, new Accounts());
  }

  /** Reads all of an archive. */
  public static List<Member> read(byte[] archive) {
    List<Member> members = new ArrayList<>();
    try (ArchiveReader reader = open(archive)) {
      for (Optional<ArchiveEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        byte[] content = new byte[1 << 20];
        int length = reader.readFully(content, 0, content.length);
        members.add(new Member(next.get(), java.util.Arrays.copyOf(content, length)));
      }
    }
    return members;
  }
}
