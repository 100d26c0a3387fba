package org.mailkeep.engine.diff;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Makes messages of files: a name that went and a name that came are one message where the content
 * is the same. Of several with the same content those of one unique name in one folder belong
 * together first, then those of one unique name, then any. All is kept on disk until the last
 * difference was given. For one thread.
 */
public final class MessageDiff implements AutoCloseable {

  private static final int KEY = 24;

  /** Names of one content that are looked at together: more have only messages without content. */
  private static final int MOST = 4096;

  private final Identity identity;
  private final TemporaryState state = TemporaryState.create();
  private final StateDatabase database = state.database();

  /** What tells messages apart. */
  public enum Identity {
    /** The content, by its recipe: for two snapshots. */
    CONTENT,
    /** Unique name, size and time of delivery: for live files, which are not read. */
    NAME
  }

  /** An empty one. */
  public MessageDiff(Identity identity) {
    this.identity = identity;
  }

  /** Takes a difference; what is no message is passed over. */
  public void add(Difference difference) {
    if (!isMessage(difference.path())) {
      return;
    }
    switch (difference) {
      case Difference.Added added -> put(added.path(), added.after(), true);
      case Difference.Removed removed -> put(removed.path(), removed.before(), false);
      case Difference.Changed changed -> {
        boolean were = changed.before().body() instanceof Body.RegularFile;
        boolean are = changed.after().body() instanceof Body.RegularFile;
        if (were && are && changed.aspects().contains(Aspect.CONTENT)) {
          tell(new MessageChange.Altered(changed.path(), changed.after()));
        } else if (were != are) {
          put(changed.path(), changed.before(), false);
          put(changed.path(), changed.after(), true);
        }
      }
    }
  }

  private static boolean isMessage(RawPath path) {
    List<FileName> names = path.names();
    if (names.size() < 2 || !MessageName.isMessage(names.getLast())) {
      return false;
    }
    FileName folder = names.get(names.size() - 2);
    return folder.is("cur") || folder.is("new");
  }

  private void put(RawPath path, Entry entry, boolean came) {
    if (entry.body() instanceof Body.RegularFile file) {
      byte[] raw = path.bytes();
      byte[] key =
          new ByteWriter(KEY + 1 + raw.length)
              .raw(key(entry, file))
              .u8(came ? 1 : 0)
              .raw(raw)
              .toByteArray();
      database.put(Table.NODES, key, NodeCodec.encode(new Node.Leaf(List.of(entry))));
    }
  }

  private byte[] key(Entry entry, Body.RegularFile file) {
    ByteWriter what = new ByteWriter(256);
    switch (identity) {
      case CONTENT -> what.varint(file.size()).raw(RecipeCodec.encode(file.recipe()));
      case NAME ->
          what.varint(file.size())
              .signedVarint(entry.metadata().mtimeSeconds())
              .varint(entry.metadata().mtimeNanos())
              .raw(MessageName.of(entry.name()).baseName().bytes());
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Arrays.copyOf(digest.digest(what.toByteArray()), KEY);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record File(RawPath path, Entry entry) {
    FileName base() {
      return MessageName.of(entry.name()).baseName();
    }

    /** The mail folder: that of {@code cur} and {@code new}. */
    RawPath folder() {
      return path.parent().parent();
    }
  }

  /** Tells all changes in the order of paths. To be called once. */
  public void finish(Consumer<MessageChange> observer) {
    Group group = new Group();
    database.scan(Table.NODES, new byte[0], group::take);
    group.end();
    database.scan(Table.DIRECTORIES, new byte[0], (key, value) -> observer.accept(read(value)));
  }

  /** Names of one content. */
  private final class Group {
    private byte[] key = new byte[0];
    private final List<File> went = new ArrayList<>();
    private final List<File> came = new ArrayList<>();

    void take(byte[] row, byte[] value) {
      if (!Arrays.equals(row, 0, KEY, key, 0, key.length) || went.size() + came.size() == MOST) {
        end();
        key = Arrays.copyOf(row, KEY);
      }
      RawPath path = RawPath.of(Arrays.copyOfRange(row, KEY + 1, row.length));
      Entry entry = ((Node.Leaf) NodeCodec.decode(value)).entries().getFirst();
      (row[KEY] == 1 ? came : went).add(new File(path, entry));
    }

    void end() {
      match(file -> file.folder() + "\0" + file.base());
      match(file -> file.base().toString());
      match(_ -> "");
      went.forEach(file -> tell(new MessageChange.Deleted(file.path(), file.entry())));
      came.forEach(file -> tell(new MessageChange.Added(file.path(), file.entry())));
      went.clear();
      came.clear();
    }

    private void match(Function<File, String> trait) {
      if (went.isEmpty() || came.isEmpty()) {
        return;
      }
      Map<String, Deque<File>> by = new HashMap<>();
      went.forEach(
          file -> by.computeIfAbsent(trait.apply(file), _ -> new ArrayDeque<>()).add(file));
      came.removeIf(
          file -> {
            Optional<File> before =
                Optional.ofNullable(by.get(trait.apply(file))).map(Deque::pollFirst);
            before.ifPresent(
                old -> {
                  went.remove(old);
                  tell(pair(old, file));
                });
            return before.isPresent();
          });
    }
  }

  private static MessageChange pair(File before, File now) {
    return before.folder().equals(now.folder()) && before.base().equals(now.base())
        ? new MessageChange.Flagged(before.path(), now.path(), now.entry())
        : new MessageChange.Moved(before.path(), now.path(), now.entry());
  }

  private void tell(MessageChange change) {
    ByteWriter out = new ByteWriter(512);
    byte[] path = change.path().bytes();
    Entry entry;
    byte[] from = new byte[0];
    int kind;
    switch (change) {
      case MessageChange.Added added -> {
        kind = 0;
        entry = added.entry();
      }
      case MessageChange.Deleted deleted -> {
        kind = 1;
        entry = deleted.entry();
      }
      case MessageChange.Moved moved -> {
        kind = 2;
        entry = moved.entry();
        from = moved.from().bytes();
      }
      case MessageChange.Flagged flagged -> {
        kind = 3;
        entry = flagged.entry();
        from = flagged.from().bytes();
      }
      case MessageChange.Altered altered -> {
        kind = 4;
        entry = altered.entry();
      }
    }
    out.u8(kind).bytes(path).bytes(from).raw(NodeCodec.encode(new Node.Leaf(List.of(entry))));
    byte[] key = new ByteWriter(path.length + 2).raw(path).u8(0).u8(kind).toByteArray();
    database.put(Table.DIRECTORIES, key, out.toByteArray());
  }

  private static MessageChange read(byte[] value) {
    ByteReader in = new ByteReader(value);
    int kind = in.u8();
    RawPath path = RawPath.of(in.bytes(value.length));
    byte[] from = in.bytes(value.length);
    Node.Leaf leaf = (Node.Leaf) NodeCodec.decode(in.raw(in.remaining()));
    Entry entry = leaf.entries().getFirst();
    return switch (kind) {
      case 0 -> new MessageChange.Added(path, entry);
      case 1 -> new MessageChange.Deleted(path, entry);
      case 2 -> new MessageChange.Moved(RawPath.of(from), path, entry);
      case 3 -> new MessageChange.Flagged(RawPath.of(from), path, entry);
      default -> new MessageChange.Altered(path, entry);
    };
  }

  @Override
  public void close() {
    state.close();
  }
}
