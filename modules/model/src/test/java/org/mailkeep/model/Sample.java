package org.mailkeep.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.LineEnd;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.testkit.property.Draw;

/** Random values of the model, the odd ones as often as the usual. */
public final class Sample {

  private static final int[] IDS = {0, 89, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, -2, -1};

  private Sample() {}

  /** Any name that a directory can hold. */
  public static FileName name(Draw draw) {
    while (true) {
      FileName name =
          draw.flip()
              ? FileName.of(
                  draw.between(1_767_600_000, 1_767_600_999)
                      + ".M1P"
                      + draw.between(1, 99)
                      + ".mx,S=4711:2,"
                      + draw.pick("", "S", "RS"))
              : FileName.of(draw.bytes(draw.length(FileName.MAX_LENGTH)));
      if (name.isComponent()) {
        return name;
      }
    }
  }

  /** Different names in order. */
  public static List<FileName> names(Draw draw, int most) {
    TreeSet<FileName> names = new TreeSet<>();
    for (int left = draw.length(most); left > 0; left--) {
      names.add(name(draw));
    }
    return List.copyOf(names);
  }

  /** Any chunk id. */
  public static ChunkId chunkId(Draw draw) {
    return ChunkId.of(draw.bytes(ChunkId.LENGTH), 0);
  }

  /** Any object id. */
  public static ObjectId objectId(Draw draw) {
    return ObjectId.of(draw.bytes(ObjectId.LENGTH));
  }

  /** Any chunk of any length. */
  public static ChunkRef chunk(Draw draw) {
    int length = draw.pick(1, 2, 127, 128, ChunkRef.MAX_LENGTH, 1 + draw.length(100_000));
    return new ChunkRef(chunkId(draw), length);
  }

  /** At least one chunk. */
  public static List<ChunkRef> chunks(Draw draw, int most) {
    List<ChunkRef> chunks = new ArrayList<>();
    for (int left = draw.between(1, most); left > 0; left--) {
      chunks.add(chunk(draw));
    }
    return chunks;
  }

  /** Any segment. */
  public static Segment segment(Draw draw) {
    return switch (draw.between(0, 2)) {
      case 0 -> new Segment.Literal(chunk(draw));
      case 1 -> new Segment.Hole(draw.pick(1L, 4096L, 1L << 40, Long.MAX_VALUE));
      default ->
          new Segment.Base64(
              new Base64Layout(
                  4 * draw.pick(1, 16, 18, 19, 249), draw.pick(LineEnd.values()), draw.flip()),
              chunks(draw, 3));
    };
  }

  /** Any recipe, an empty one too. */
  public static Recipe recipe(Draw draw) {
    if (draw.between(0, 7) == 0) {
      return new Recipe.Indirect(draw.between(1, Recipe.Indirect.MAX_DEPTH), chunks(draw, 5));
    }
    List<Segment> segments = new ArrayList<>();
    for (int left = draw.length(6); left > 0; left--) {
      segments.add(segment(draw));
    }
    return new Recipe.Direct(segments);
  }

  /** What any type of file has. */
  public static Body body(Draw draw) {
    return switch (draw.between(0, 8)) {
      case 0 -> directory(draw);
      case 1 -> new Body.SymbolicLink(ByteString.of(draw.bytes(draw.length(4096))));
      case 2 -> new Body.Fifo();
      case 3 -> new Body.Socket();
      case 4 -> new Body.Device(draw.flip(), id(draw), id(draw));
      default -> new Body.RegularFile(draw.pick(0L, 1L, 4711L, Long.MAX_VALUE), recipe(draw));
    };
  }

  /** Any directory. */
  public static Body.Directory directory(Draw draw) {
    return new Body.Directory(
        chunkId(draw), draw.length(100_000), draw.pick(0L, 1L << 40), draw.flip());
  }

  /** A user, group or device number: small, or 2^31 and more. */
  public static int id(Draw draw) {
    return IDS[draw.between(0, IDS.length - 1)];
  }

  /** Owner, mode, times before and after 1970, attributes sometimes. */
  public static Metadata metadata(Draw draw) {
    List<Attribute> attributes = new ArrayList<>();
    if (draw.between(0, 4) == 0) {
      for (int i = draw.between(1, 3); i > 0; i--) {
        byte[] value = draw.bytes(draw.pick(0, 4, 44, 300));
        attributes.add(new Attribute(ByteString.of("user.a" + i), ByteString.of(value)));
      }
    }
    return new Metadata(
        draw.pick(0, 0600, 0644, 07777),
        id(draw),
        id(draw),
        draw.pick(0L, -1L, 1_767_600_000L, -62_135_596_800L, Long.MAX_VALUE, Long.MIN_VALUE),
        draw.pick(0, 1, 999_999_999),
        attributes);
  }

  /** An entry of this name. */
  public static Entry entry(Draw draw, FileName name) {
    long linkGroup = draw.between(0, 5) == 0 ? draw.pick(1L, -1L, Long.MIN_VALUE) : 0;
    return new Entry(name, metadata(draw), body(draw), linkGroup);
  }

  /** Entries in order. */
  public static List<Entry> entries(Draw draw, int most) {
    return names(draw, most).stream().map(name -> entry(draw, name)).toList();
  }

  /** Any node. */
  public static Node node(Draw draw, int most) {
    List<FileName> names = names(draw, most);
    if (names.isEmpty() || draw.between(0, 3) > 0) {
      return new Node.Leaf(names.stream().map(name -> entry(draw, name)).toList());
    }
    return new Node.Branch(
        draw.between(1, Node.Branch.MAX_LEVEL),
        names.stream().map(name -> new Node.Child(name, chunkId(draw))).toList());
  }

  /** Any manifest. */
  public static Manifest manifest(Draw draw) {
    Manifest plain = plainManifest(draw);
    return draw.flip()
        ? plain
        : plain.with(new Manifest.MassChange(draw.length(), Long.MAX_VALUE, draw.length()));
  }

  private static Manifest plainManifest(Draw draw) {
    return new Manifest(
        time(draw),
        time(draw),
        text(draw),
        paths(draw),
        draw.flip() ? List.of() : List.of(new Manifest.Profile(text(draw), paths(draw))),
        texts(draw),
        new Entry(FileName.of(Manifest.ROOT_NAME), metadata(draw), directory(draw), 0),
        draw.flip() ? Optional.of(objectId(draw)) : Optional.empty(),
        accounts(draw),
        accounts(draw),
        facts(draw),
        List.of(new Manifest.LeftOut(text(draw), draw.length(), paths(draw))),
        new Manifest.Unreadable(
            draw.length(), List.of(new Manifest.Failure(path(draw), text(draw)))),
        new Manifest.Counts(1, 0, draw.length(), Long.MAX_VALUE, 4711),
        texts(draw),
        "mailkeep 0.1.0");
  }

  private static Instant time(Draw draw) {
    return draw.pick(
        Instant.EPOCH,
        Instant.MIN,
        Instant.MAX,
        Instant.ofEpochSecond(-1, 999_999_999),
        Instant.parse("2026-11-20T14:00:00.000000001Z"));
  }

  private static Map<Integer, String> accounts(Draw draw) {
    Map<Integer, String> accounts = new TreeMap<>();
    for (int left = draw.between(0, 4); left > 0; left--) {
      accounts.put(id(draw), text(draw));
    }
    return accounts;
  }

  private static AccountFacts facts(Draw draw) {
    return draw.flip()
        ? AccountFacts.NONE
        : new AccountFacts(
            List.of(
                new UserAccount(
                    text(draw), id(draw), id(draw), text(draw), text(draw), text(draw))),
            List.of(new GroupAccount(text(draw), id(draw), texts(draw))));
  }

  private static String text(Draw draw) {
    return draw.pick("", "mx1.example.org", "Büro ☂ 𝄞", "a\nb\0c", "x".repeat(300));
  }

  private static List<String> texts(Draw draw) {
    return draw.flip() ? List.of() : List.of(text(draw), text(draw));
  }

  private static RawPath path(Draw draw) {
    return RawPath.ROOT.resolve(name(draw)).resolve(name(draw));
  }

  private static List<RawPath> paths(Draw draw) {
    return draw.flip() ? List.of(RawPath.ROOT) : List.of(path(draw), path(draw), path(draw));
  }
}
