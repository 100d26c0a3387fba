package org.mailkeep.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.encoding.TaggedFields.UnknownFieldException;
import org.mailkeep.model.error.MailkeepException;

/** What holds for every decoder. */
public final class Decoding {

  /** How long CI fuzzes one parser. */
  public static final String TIME = "5s";

  private Decoding() {}

  /**
   * Bytes are a value, which can be written and read again and is the same, or they are refused in
   * the way that callers expect.
   */
  public static <T> void roundTrips(
      byte[] bytes, Function<byte[], T> decode, Function<T, byte[]> encode) {
    T value;
    try {
      value = decode.apply(bytes);
    } catch (MalformedException | UnknownFieldException | MailkeepException refused) {
      return;
    }
    T again = decode.apply(encode.apply(value));
    if (!value.equals(again)) {
      throw new AssertionError(value + " comes back as " + again);
    }
  }

  /** As {@link #roundTrips}, for values that cannot be compared: the bytes themselves come back. */
  public static <T> void sameBytes(
      byte[] bytes, Function<byte[], T> decode, Function<T, byte[]> encode) {
    roundTrips(bytes, b -> ByteString.of(encode.apply(decode.apply(b))), ByteString::bytes);
  }

  /** As {@link #sameBytes}, for values with a text. */
  public static void sameText(byte[] bytes, Function<byte[], String> decode) {
    roundTrips(bytes, decode, text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
