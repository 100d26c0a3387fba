package org.mailkeep.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Puts an answer's body where it belongs as it comes, and never more than there is room for. */
final class AnswerBody implements BodySubscriber<byte[]> {

  /** The server sends more than was asked for. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException() {
      super("The answer is longer than was asked for");
    }
  }

  /** Takes the bytes. */
  private interface Sink {
    void put(ByteBuffer bytes) throws IOException;
  }

  private final Sink sink;
  private final Stall stall;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();

  private AnswerBody(Sink sink, Stall stall) {
    this.sink = sink;
    this.stall = stall;
  }

  /** Fills a buffer; the result is empty. */
  static AnswerBody into(ByteBuffer into, Stall stall) {
    return new AnswerBody(
        bytes -> {
          if (bytes.remaining() > into.remaining()) {
            throw new TooLongException();
          }
          into.put(bytes);
        },
        stall);
  }

  /**
   * Gives the bytes, at most so many.
   *
   * @param announced how many will come
   */
  static AnswerBody gather(int limit, long announced, Stall stall) {
    AnswerBody[] self = new AnswerBody[1];
    self[0] = new AnswerBody(bytes -> self[0].gather(bytes, limit), stall);
    if (announced > limit) {
      self[0].result.completeExceptionally(new TooLongException());
    }
    return self[0];
  }

  /** Takes nothing, and fails. */
  static AnswerBody failed(IOException e, Stall stall) {
    AnswerBody body = new AnswerBody(_ -> {}, stall);
    body.result.completeExceptionally(e);
    return body;
  }

  private void gather(ByteBuffer bytes, int limit) throws IOException {
    if (bytes.remaining() > limit - gathered.size()) {
      throw new TooLongException();
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    gathered.writeBytes(copy);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    var _ =
        result.whenComplete(
            (_, e) -> {
              if (e != null) {
                subscription.cancel();
              }
            });
    if (!result.isDone()) {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    stall.progress();
    try {
      for (ByteBuffer buffer : buffers) {
        sink.put(buffer);
      }
    } catch (IOException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable e) {
    result.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    result.complete(gathered.toByteArray());
  }
}
