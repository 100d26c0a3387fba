package org.mailkeep.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;

/** In this package, for nobody else reads what S3 servers answer. */
class S3MessageFuzzTest {

  static Stream<byte[]> answers() {
    return Stream.of(
            "<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>a &amp;"
                + " b</Message></Error>",
            "<ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Contents><Key>p%2Fa"
                + "</Key><Size>5</Size></Contents><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>x</NextContinuationToken></ListBucketResult>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("answers")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_answer_is_read_or_says_nothing(byte[] bytes) {
    S3Message message = S3Message.parse(bytes);
    if (message.root().isEmpty() && !(message.values().isEmpty() && message.items().isEmpty())) {
      throw new AssertionError("a message without a root says something");
    }
  }
}
