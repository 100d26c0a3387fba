package org.mailkeep.engine.diff;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkSource;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.repository.tree.TreeWriter;

/**
 * Trees whose nodes are on the heap, made of paths such as "a/b" with what stands there as text: a
 * path is of a directory where others are below it. Counts the nodes that are read.
 */
final class StoredTrees {

  private static final FullKeys KEYS = FullKeys.generate(new SecureRandom());

  private final Map<ChunkId, byte[]> chunks = new HashMap<>();
  private int read;

  private final class Sink implements ChunkSink {
    @Override
    public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
      chunks.put(id, Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
      chunks.put(id, node);
    }
  }

  private ChunkSource source() {
    return id -> {
      read++;
      byte[] bytes = chunks.get(id);
      if (bytes == null) {
        throw new DamagedException("chunk " + id, "it is lost");
      }
      return bytes;
    };
  }

  TreeReader reader() {
    return new TreeReader(source());
  }

  int nodesRead() {
    return read;
  }

  void lose(ChunkId id) {
    Objects.requireNonNull(chunks.remove(id));
  }

  /** A directory; a file's text is the target of the link that stands for it. */
  Entry directory(Map<String, String> paths) {
    return directory("root", new TreeMap<>(paths));
  }

  private Entry directory(String name, SortedMap<String, String> paths) {
    Map<String, TreeMap<String, String>> below = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    paths.forEach(
        (path, text) -> {
          int slash = path.indexOf('/');
          if (slash < 0) {
            entries.add(link(path, text));
          } else {
            below
                .computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
                .put(path.substring(slash + 1), text);
          }
        });
    below.forEach((child, inIt) -> entries.add(directory(child, inIt)));
    return directory(name, entries);
  }

  Entry directory(String name, List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort((a, b) -> a.name().compareTo(b.name()));
    DirectoryNodes nodes =
        new TreeWriter(KEYS.hasher(), new Sink()).write(sorted, DirectoryNodes.NONE);
    Body body = new Body.Directory(nodes.root(), sorted.size(), 0, false);
    return new Entry(FileName.of(name), metadata(0755, 5), body, 0);
  }

  /** A directory with this root node, whatever it says. */
  Entry forged(Node root) {
    byte[] bytes = NodeCodec.encode(root);
    ChunkId id = KEYS.hasher().id(bytes, 0, bytes.length);
    chunks.put(id, bytes);
    return new Entry(
        FileName.of("root"), metadata(0755, 5), new Body.Directory(id, 0, 0, false), 0);
  }

  static Entry link(String name, String text) {
    Body body = new Body.SymbolicLink(ByteString.of(text));
    return new Entry(FileName.of(name), metadata(0644, 7), body, 0);
  }

  static Metadata metadata(int mode, long seconds) {
    return new Metadata(mode, 89, 89, seconds, 0, List.of());
  }

  /** What differs, as "+path", "-path" and "~path ASPECT", paths from "/" on. */
  List<String> differences(Optional<Entry> before, Optional<Entry> after) {
    List<String> told = new ArrayList<>();
    DiffObserver observer =
        new DiffObserver() {
          @Override
          public void found(Difference difference) {
            told.add(text(difference));
          }

          @Override
          public void damaged(RawPath directory, UnreadableException problem) {
            told.add("!" + directory);
          }
        };
    new TreeDiff(reader(), observer, new Cancellation()).compare(RawPath.ROOT, before, after);
    return told;
  }

  List<String> differences(Entry before, Entry after) {
    return differences(Optional.of(before), Optional.of(after));
  }

  private static String text(Difference difference) {
    return switch (difference) {
      case Difference.Added added -> "+" + added.path();
      case Difference.Removed removed -> "-" + removed.path();
      case Difference.Changed changed ->
          "~" + changed.path() + " " + String.join(" ", sorted(changed));
    };
  }

  private static List<String> sorted(Difference.Changed changed) {
    return changed.aspects().stream().sorted().map(Enum::name).toList();
  }
}
