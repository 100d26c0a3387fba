package org.mailkeep.benchmarks.micro;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.LineEnd;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Leaves of the cur folders of Maildirs. */
@State(Scope.Benchmark)
@OperationsPerInvocation(NodeBenchmark.LEAVES * NodeBenchmark.ENTRIES)
public class NodeBenchmark {

  /** So many that the processor cannot learn their contents by heart. */
  static final int LEAVES = 64;

  static final int ENTRIES = 100;

  private static final String[] FLAGS = {"S", "S", "RS", "FS", ""};

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Node.Leaf> leaves = Stream.generate(this::leaf).limit(LEAVES).toList();
  private final List<byte[]> encoded = leaves.stream().map(NodeCodec::encode).toList();
  private final byte[] copies = new byte[encoded.stream().mapToInt(bytes -> bytes.length).sum()];

  /** Writes each leaf. */
  @Benchmark
  public void encode(Blackhole blackhole) {
    for (Node.Leaf leaf : leaves) {
      blackhole.consume(NodeCodec.encode(leaf));
    }
  }

  /** Reads each leaf. */
  @Benchmark
  public void decode(Blackhole blackhole) {
    for (byte[] leaf : encoded) {
      blackhole.consume(NodeCodec.decode(leaf));
    }
  }

  /** Copies the leaves' bytes. */
  @Benchmark
  public byte[] copy() {
    return MailSample.join(encoded, copies);
  }

  private Node.Leaf leaf() {
    List<Entry> entries = new ArrayList<>(ENTRIES);
    long time = 1_700_000_000L + random.nextInt(50_000_000);
    for (int i = 0; i < ENTRIES; i++) {
      time += random.nextInt(1, 20_000);
      entries.add(message(time));
    }
    entries.sort(Comparator.comparing(Entry::name));
    return new Node.Leaf(entries);
  }

  private Entry message(long time) {
    List<Segment> segments = new ArrayList<>();
    segments.add(literal(random.nextInt(200, 600)));
    segments.add(literal(random.nextInt(500, 4000)));
    segments.add(literal(random.nextInt(300, 12_000)));
    if (random.nextInt(6) == 0) {
      ChunkRef file = chunk(random.nextInt(1000, 200_000));
      segments.add(new Segment.Base64(new Base64Layout(76, LineEnd.LF, true), List.of(file)));
      segments.add(literal(44));
    }
    long size = segments.stream().mapToLong(Segment::length).sum();
    String name =
        "%d.M%dP%d.mail.example.org,S=%d:2,%s"
            .formatted(
                time,
                random.nextInt(1_000_000),
                random.nextInt(300, 32_000),
                size,
                FLAGS[random.nextInt(FLAGS.length)]);
    int nanos = random.nextInt(1_000_000_000);
    return new Entry(
        FileName.of(name),
        new Metadata(0600, 89, 89, time, nanos, List.of()),
        new Body.RegularFile(size, new Recipe.Direct(segments)),
        0);
  }

  private Segment literal(int length) {
    return new Segment.Literal(chunk(length));
  }

  private ChunkRef chunk(int length) {
    return new ChunkRef(
        new ChunkId(random.nextLong(), random.nextLong(), random.nextLong()), length);
  }
}
