package org.mailkeep.model.snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;

/** The bytes of a manifest: {@link TaggedFields}, so that later versions can add to it. */
public final class ManifestCodec {

  private static final int TIME = 1;
  private static final int ROOT = 3;
  private static final int FINISHED = 2;
  private static final int HOST = 4;
  private static final int SOURCE = 6;
  private static final int TAG = 8;
  private static final int PARENT = 10;
  private static final int USER = 12;
  private static final int GROUP = 14;
  private static final int LEFT_OUT = 16;
  private static final int UNREADABLE_COUNT = 18;
  private static final int UNREADABLE = 20;
  private static final int COUNTS = 22;
  private static final int OPTION = 24;
  private static final int PROGRAM = 26;
  private static final int USER_ACCOUNT = 28;
  private static final int GROUP_ACCOUNT = 30;
  private static final int PROFILE = 32;
  private static final int MASS_CHANGE = 34;

  private ManifestCodec() {}

  /** The bytes of this manifest. */
  public static byte[] encode(Manifest manifest) {
    TaggedFields.Writer out = new TaggedFields.Writer();
    out.field(TIME, time(manifest.time()));
    out.field(ROOT, w -> w.raw(NodeCodec.encode(new Node.Leaf(List.of(manifest.root())))));
    out.field(FINISHED, time(manifest.finished()));
    out.text(HOST, manifest.host());
    manifest.sources().forEach(source -> out.field(SOURCE, w -> w.raw(source.bytes())));
    manifest.tags().forEach(tag -> out.text(TAG, tag));
    manifest.parent().ifPresent(parent -> out.field(PARENT, parent::write));
    new TreeMap<>(manifest.users()).forEach((id, name) -> out.field(USER, account(id, name)));
    new TreeMap<>(manifest.groups()).forEach((id, name) -> out.field(GROUP, account(id, name)));
    manifest.leftOut().forEach(left -> out.field(LEFT_OUT, w -> write(left, w)));
    out.field(UNREADABLE_COUNT, w -> w.varint(manifest.unreadable().count()));
    for (Manifest.Failure failure : manifest.unreadable().failures()) {
      out.field(UNREADABLE, w -> w.bytes(failure.path().bytes()).string(failure.problem()));
    }
    out.field(COUNTS, w -> write(manifest.counts(), w));
    manifest.options().forEach(option -> out.text(OPTION, option));
    out.text(PROGRAM, manifest.program());
    manifest.accounts().users().forEach(u -> out.field(USER_ACCOUNT, w -> write(u, w)));
    manifest.accounts().groups().forEach(g -> out.field(GROUP_ACCOUNT, w -> write(g, w)));
    manifest.profiles().forEach(profile -> out.field(PROFILE, w -> write(profile, w)));
    manifest.massChange().ifPresent(change -> out.field(MASS_CHANGE, w -> write(change, w)));
    return out.toByteArray();
  }

  private static TaggedFields.Content time(Instant time) {
    return w -> w.signedVarint(time.getEpochSecond()).varint(time.getNano());
  }

  private static TaggedFields.Content account(int id, String name) {
    return w -> w.varint(id & 0xffffffffL).string(name);
  }

  private static void write(UserAccount user, ByteWriter out) {
    out.varint(user.uid() & 0xffffffffL).varint(user.gid() & 0xffffffffL);
    for (String text : List.of(user.name(), user.gecos(), user.home(), user.shell())) {
      out.bytes(RawText.encode(text));
    }
  }

  private static void write(GroupAccount group, ByteWriter out) {
    out.varint(group.gid() & 0xffffffffL).bytes(RawText.encode(group.name()));
    out.varint(group.members().size());
    group.members().forEach(member -> out.bytes(RawText.encode(member)));
  }

  private static void write(Manifest.LeftOut left, ByteWriter out) {
    out.string(left.reason()).varint(left.count());
    write(left.examples(), out);
  }

  private static void write(Manifest.Profile profile, ByteWriter out) {
    out.string(profile.name());
    write(profile.paths(), out);
  }

  private static void write(List<RawPath> paths, ByteWriter out) {
    out.varint(paths.size());
    paths.forEach(path -> out.bytes(path.bytes()));
  }

  private static void write(Manifest.MassChange change, ByteWriter out) {
    out.varint(change.before()).varint(change.vanished()).varint(change.changed());
  }

  private static void write(Manifest.Counts counts, ByteWriter out) {
    out.varint(counts.newFiles()).varint(counts.changedFiles()).varint(counts.unchangedFiles());
    out.varint(counts.addedBytes()).varint(counts.storedBytes());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException where it is no manifest
   * @throws TaggedFields.UnknownFieldException where a newer program put in what must be understood
   */
  public static Manifest decode(byte[] bytes) {
    TaggedFields.Reader in = new TaggedFields.Reader(bytes);
    List<Manifest.Failure> failures =
        in.all(UNREADABLE, r -> new Manifest.Failure(readPath(r), r.string(r.remaining())));
    Manifest manifest =
        new Manifest(
            in.one(TIME, ManifestCodec::readTime),
            in.one(FINISHED, ManifestCodec::readTime),
            in.one(HOST, ManifestCodec::readText),
            in.all(SOURCE, r -> RawPath.of(r.raw(r.remaining()))),
            in.all(PROFILE, ManifestCodec::readProfile),
            in.all(TAG, ManifestCodec::readText),
            in.one(ROOT, ManifestCodec::readRoot),
            in.optional(PARENT, ObjectId::read),
            readAccounts(in, USER),
            readAccounts(in, GROUP),
            new AccountFacts(
                in.all(USER_ACCOUNT, ManifestCodec::readUser),
                in.all(GROUP_ACCOUNT, ManifestCodec::readGroup)),
            in.all(LEFT_OUT, ManifestCodec::readLeftOut),
            new Manifest.Unreadable(in.one(UNREADABLE_COUNT, ManifestCodec::number), failures),
            in.one(COUNTS, ManifestCodec::readCounts),
            in.all(OPTION, ManifestCodec::readText),
            in.one(PROGRAM, ManifestCodec::readText),
            in.optional(MASS_CHANGE, ManifestCodec::readMassChange));
    in.requireAllKnown();
    return manifest;
  }

  private static Instant readTime(ByteReader in) {
    long seconds = in.signedVarint();
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
      throw new MalformedException("a time out of range");
    }
    return Instant.ofEpochSecond(seconds, in.count(999_999_999));
  }

  private static String readText(ByteReader in) {
    return TaggedFields.text(in);
  }

  private static Entry readRoot(ByteReader in) {
    Node node = NodeCodec.decode(in.raw(in.remaining()));
    if (node instanceof Node.Leaf leaf
        && leaf.entries().size() == 1
        && leaf.entries().getFirst().body() instanceof Body.Directory) {
      return leaf.entries().getFirst();
    }
    throw new MalformedException("the root is not a directory");
  }

  private static Map<Integer, String> readAccounts(TaggedFields.Reader in, int tag) {
    Map<Integer, String> accounts = new TreeMap<>();
    List<Map.Entry<Integer, String>> read =
        in.all(tag, r -> Map.entry(readId(r), r.string(r.remaining())));
    for (Map.Entry<Integer, String> account : read) {
      if (accounts.put(account.getKey(), account.getValue()) != null) {
        throw new MalformedException("an owner's number is there twice");
      }
    }
    return accounts;
  }

  private static UserAccount readUser(ByteReader in) {
    int uid = readId(in);
    int gid = readId(in);
    return new UserAccount(
        readRawText(in), uid, gid, readRawText(in), readRawText(in), readRawText(in));
  }

  private static GroupAccount readGroup(ByteReader in) {
    int gid = readId(in);
    String name = readRawText(in);
    List<String> members = new ArrayList<>();
    for (int left = in.countOf(1); left > 0; left--) {
      members.add(readRawText(in));
    }
    return new GroupAccount(name, gid, members);
  }

  private static String readRawText(ByteReader in) {
    return RawText.decode(in.bytes(in.remaining()));
  }

  private static int readId(ByteReader in) {
    long id = in.varint();
    if (id >>> 32 != 0) {
      throw new MalformedException("an owner's number of more than 32 bits");
    }
    return (int) id;
  }

  private static RawPath readPath(ByteReader in) {
    return RawPath.of(in.bytes(in.remaining()));
  }

  private static Manifest.LeftOut readLeftOut(ByteReader in) {
    String reason = in.string(in.remaining());
    return new Manifest.LeftOut(reason, number(in), readPaths(in));
  }

  private static Manifest.Profile readProfile(ByteReader in) {
    return new Manifest.Profile(in.string(in.remaining()), readPaths(in));
  }

  private static List<RawPath> readPaths(ByteReader in) {
    List<RawPath> paths = new ArrayList<>();
    for (int left = in.countOf(1); left > 0; left--) {
      paths.add(readPath(in));
    }
    return paths;
  }

  private static Manifest.MassChange readMassChange(ByteReader in) {
    return new Manifest.MassChange(number(in), number(in), number(in));
  }

  private static Manifest.Counts readCounts(ByteReader in) {
    return new Manifest.Counts(number(in), number(in), number(in), number(in), number(in));
  }

  private static long number(ByteReader in) {
    long value = in.varint();
    if (value < 0) {
      throw new MalformedException("a number of more than 63 bits");
    }
    return value;
  }
}
