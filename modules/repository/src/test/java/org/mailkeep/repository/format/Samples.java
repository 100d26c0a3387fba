package org.mailkeep.repository.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.LineEnd;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;

/** Values that show what the worked example has not. */
final class Samples {

  static final byte[] DELTA_BASE =
      "Every copy of this text but the last word is in the base: one"
          .getBytes(StandardCharsets.US_ASCII);
  static final byte[] DELTA_PLAIN =
      "Every copy of this text but the last word is in the base: two"
          .getBytes(StandardCharsets.US_ASCII);

  private Samples() {}

  /** Every type of entry, two owners, attributes, a hard link, and every kind of segment. */
  static Node leaf() {
    Metadata plain = new Metadata(0644, 0, 0, 1000, 5, List.of());
    Metadata vmail = new Metadata(04755, 89, -2, 990, 0, List.of());
    Metadata noted =
        new Metadata(
            0644, 0, 0, -1, 0, List.of(new Attribute(ByteString.of("user.n"), ByteString.of("v"))));
    Recipe recipe =
        new Recipe.Direct(
            List.of(
                new Segment.Literal(ref(1, 200)),
                new Segment.Hole(4096),
                new Segment.Base64(
                    new Base64Layout(72, LineEnd.CRLF, false), List.of(ref(2, 54), ref(3, 1)))));
    return new Node.Leaf(
        List.of(
            new Entry(FileName.of("a"), plain, new Body.RegularFile(0, Recipe.EMPTY), 0),
            new Entry(FileName.of("ab"), vmail, new Body.RegularFile(4374, recipe), 7),
            new Entry(
                FileName.of("ac"),
                noted,
                new Body.RegularFile(
                    9_000_000, new Recipe.Indirect(1, List.of(ref(4, 7000), ref(5, 640)))),
                0),
            new Entry(FileName.of("b"), plain, new Body.Directory(id(6), 3, 300, true), 0),
            new Entry(FileName.of("c"), plain, new Body.SymbolicLink(ByteString.of("../x")), 0),
            new Entry(FileName.of("d"), plain, new Body.Fifo(), 0),
            new Entry(FileName.of("e"), plain, new Body.Socket(), 0),
            new Entry(FileName.of("f"), plain, new Body.Device(false, 1, 3), 0),
            new Entry(FileName.of("g"), plain, new Body.Device(true, 259, 1), 0)));
  }

  static Node branch() {
    return new Node.Branch(
        1,
        List.of(new Node.Child(FileName.of("a"), id(1)), new Node.Child(FileName.of("ab"), id(2))));
  }

  private static ChunkRef ref(int number, int length) {
    return new ChunkRef(id(number), length);
  }

  /** 24 bytes that all are this number. */
  private static ChunkId id(int number) {
    long eight = 0x0101010101010101L * number;
    return new ChunkId(eight, eight, eight);
  }
}
