package org.mailkeep.engine.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.repository.pack.ChunkSource;
import org.mailkeep.repository.tree.TreeReader;

/**
 * Gives everything in a tree the names that it has under other keys, from the leaves up. Content is
 * read only where the target does not have it under the name that is known from before.
 */
final class Resealing {

  private final CopyPlaces places;
  private final ChunkReader source;
  private final ChunkSink sink;
  private final ChunkSource there;
  private final CopiedNodes nodes;
  private final Cancellation cancellation;
  private final TreeReader trees;
  private final ContentReader content;
  private final ChunkHasher hasher;

  /**
   * @param there reads what the target has
   */
  Resealing(
      CopyPlaces places,
      ChunkReader source,
      ChunkSink sink,
      ChunkSource there,
      CopiedNodes nodes,
      Cancellation cancellation) {
    this.places = places;
    this.source = source;
    this.sink = sink;
    this.there = there;
    this.nodes = nodes;
    this.cancellation = cancellation;
    this.trees = new TreeReader(source);
    this.content = new ContentReader(source);
    this.hasher = places.target().keys().hasher();
  }

  /**
   * The entry with the names of the target, which has all that is below it when it is flushed.
   *
   * @param before the root node of the same directory in a snapshot that was copied before: of what
   *     has changed since, only differences are stored
   */
  Entry entry(Entry entry, Optional<ChunkId> before) {
    Body body =
        switch (entry.body()) {
          case Body.Directory directory ->
              new Body.Directory(
                  node(directory.root(), before),
                  directory.files(),
                  directory.size(),
                  directory.partial());
          case Body.RegularFile file -> new Body.RegularFile(file.size(), recipe(file.recipe()));
          default -> entry.body();
        };
    return new Entry(entry.name(), entry.metadata(), body, entry.linkGroup());
  }

  private ChunkId node(ChunkId id, Optional<ChunkId> before) {
    cancellation.check();
    Optional<ChunkId> known = nodes.whole(id);
    if (known.isPresent()) {
      return known.get();
    }
    Node here = trees.node(id);
    Node resealed =
        switch (here) {
          case Node.Branch branch -> new Node.Branch(branch.level(), children(branch, before));
          case Node.Leaf leaf ->
              new Node.Leaf(
                  leaf.entries().stream()
                      .map(entry -> entry(entry, below(entry, before)))
                      .toList());
        };
    byte[] bytes = NodeCodec.encode(resealed);
    ChunkId name = hasher.id(bytes, 0, bytes.length);
    addNode(name, bytes, before.flatMap(root -> trees.counterpart(root, here)));
    nodes.add(id, name);
    return name;
  }

  /** The root node of a directory's state before. */
  private Optional<ChunkId> below(Entry entry, Optional<ChunkId> before) {
    return entry.body() instanceof Body.Directory directory
            && nodes.whole(directory.root()).isEmpty()
        ? before
            .flatMap(root -> trees.find(root, entry.name()))
            .map(Entry::body)
            .filter(Body.Directory.class::isInstance)
            .map(body -> ((Body.Directory) body).root())
        : Optional.empty();
  }

  private void addNode(ChunkId name, byte[] bytes, Optional<ChunkId> resembled) {
    Optional<ChunkId> base = resembled.flatMap(nodes::name).filter(places.to()::contains);
    Optional<byte[]> baseBytes =
        places.to().contains(name) ? Optional.empty() : base.flatMap(this::readThere);
    if (baseBytes.isPresent()) {
      sink.addNode(name, bytes, base.orElseThrow(), baseBytes.get());
    } else {
      sink.add(name, BlockKind.NODE, bytes, 0, bytes.length);
    }
  }

  private Optional<byte[]> readThere(ChunkId id) {
    try {
      return Optional.of(there.read(id));
    } catch (UnreadableException e) {
      // Nothing new relies on it, then.
      return Optional.empty();
    }
  }

  private List<Node.Child> children(Node.Branch branch, Optional<ChunkId> before) {
    List<Node.Child> children = new ArrayList<>(branch.children().size());
    branch.children().forEach(c -> children.add(new Node.Child(c.first(), node(c.id(), before))));
    return children;
  }

  private Recipe recipe(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Direct direct ->
          new Recipe.Direct(direct.segments().stream().map(this::segment).toList());
      case Recipe.Indirect indirect ->
          new Recipe.Indirect(
              indirect.depth(),
              indirect.parts().stream().map(part -> part(indirect, part)).toList());
    };
  }

  private ChunkRef part(Recipe.Indirect above, ChunkRef part) {
    byte[] there = RecipeCodec.encode(recipe(content.part(above, part)));
    return new ChunkRef(add(there, BlockKind.RECIPE), there.length);
  }

  private Segment segment(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> new Segment.Literal(chunk(literal.chunk()));
      case Segment.Base64 base64 ->
          new Segment.Base64(base64.layout(), base64.chunks().stream().map(this::chunk).toList());
      case Segment.Hole hole -> hole;
    };
  }

  private ChunkRef chunk(ChunkRef chunk) {
    Optional<ChunkId> known = nodes.name(chunk.id()).filter(places.to()::contains);
    if (known.isPresent()) {
      return new ChunkRef(known.get(), chunk.length());
    }
    BlockKind kind = source.locate(chunk.id()).block().kind();
    ChunkId name = add(source.read(chunk.id()), kind);
    nodes.add(chunk.id(), name);
    return new ChunkRef(name, chunk.length());
  }

  private ChunkId add(byte[] bytes, BlockKind kind) {
    ChunkId id = hasher.id(bytes, 0, bytes.length);
    sink.add(id, kind, bytes, 0, bytes.length);
    return id;
  }
}
