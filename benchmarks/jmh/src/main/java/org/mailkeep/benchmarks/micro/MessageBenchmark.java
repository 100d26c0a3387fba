package org.mailkeep.benchmarks.micro;

import java.security.MessageDigest;
import java.util.List;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.mail.message.MessageSplitter;
import org.mailkeep.mail.message.RunKind;
import org.mailkeep.mail.message.RunSink;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What is done to every new message before its chunks are known. */
@State(Scope.Benchmark)
@OperationsPerInvocation(MailSample.BYTES)
public class MessageBenchmark {

  private final List<byte[]> messages = MailSample.messages();
  private final byte[] copies = new byte[MailSample.BYTES];
  private final Lengths lengths = new Lengths();
  private final MessageSplitter splitter = new MessageSplitter(lengths);
  private final Ids ids = new Ids();
  private final ContentWriter writer = new ContentWriter(MailSample.keys(), ids);
  private final MessageDigest digest = JdkCrypto.sha256();

  /** Splits into runs, base64 decoded. */
  @Benchmark
  public long split() {
    for (byte[] message : messages) {
      splitter.feed(message, 0, message.length);
      splitter.finish();
    }
    return lengths.total;
  }

  /** Splits, proves that the runs give the message back, names its chunks, makes its recipe. */
  @Benchmark
  public void store(Blackhole blackhole) {
    for (byte[] message : messages) {
      blackhole.consume(writer.message(MailSample.source(message), message.length));
    }
    blackhole.consume(ids.sum);
  }

  /** Copies the messages. */
  @Benchmark
  public byte[] copy() {
    return MailSample.join(messages, copies);
  }

  /** The hash of all messages. */
  @Benchmark
  public byte[] sha256() {
    messages.forEach(digest::update);
    return digest.digest();
  }

  private static final class Lengths implements RunSink {
    private long total;

    @Override
    public void begin(RunKind kind) {}

    @Override
    public void bytes(byte[] buffer, int offset, int length) {
      total += length;
    }

    @Override
    public void end() {}

    @Override
    public void endBase64(Base64Layout layout) {}
  }

  private static final class Ids implements ChunkSink {
    private long sum;

    @Override
    public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
      sum += id.a();
    }

    @Override
    public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
      throw new IllegalStateException("messages have no nodes");
    }
  }
}
