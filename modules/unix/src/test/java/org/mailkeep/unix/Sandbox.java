package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.SystemCallException;

/** The words that the tests share. */
final class Sandbox {

  private Sandbox() {}

  static Directory open(Path path) {
    return Directory.open(RawPath.of(path.toString()));
  }

  /** A name of lossless text; {@code raw} gives those that are no UTF-8. */
  static FileName name(String text) {
    return FileName.of(text);
  }

  /** The name of these bytes, 0 to 255. */
  static FileName raw(int... bytes) {
    byte[] name = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      name[i] = (byte) bytes[i];
    }
    return FileName.of(name);
  }

  static FileName file(Directory directory, String name) {
    return file(directory, name(name), name);
  }

  static FileName file(Directory directory, FileName name, String content) {
    try (Output output = directory.createFile(name, 0644)) {
      byte[] bytes = content.getBytes(UTF_8);
      output.write(bytes, 0, bytes.length);
    }
    return name;
  }

  static FileName link(Directory directory, String name, String target) {
    directory.symbolicLink(RawText.encode(target), name(name));
    return name(name);
  }

  static String content(Directory directory, FileName name) {
    try (Input input = directory.openFile(name)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = input.read(buffer, 0, 8192); n > 0; n = input.read(buffer, 0, 8192)) {
        content.write(buffer, 0, n);
      }
      return content.toString(UTF_8);
    }
  }

  /** Attributes but those that SELinux and its like give to every file. */
  static List<byte[]> unlabelled(List<byte[]> attributes) {
    return attributes.stream()
        .filter(attribute -> !RawText.decode(attribute).startsWith("security."))
        .toList();
  }

  static SystemCallException failure(ThrowingCallable code) {
    return catchThrowableOfType(SystemCallException.class, code);
  }

  static void assumeRoot() {
    assumeTrue(Credentials.current().effectiveUid() == 0, "needs root");
  }
}
