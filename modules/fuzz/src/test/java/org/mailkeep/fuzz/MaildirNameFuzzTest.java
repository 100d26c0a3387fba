package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

class MaildirNameFuzzTest {

  static Stream<byte[]> names() {
    return Stream.of(
            "1767600000.M1P2V3I4.mx,S=4711,W=4800:2,RSa",
            "1767600000.1.mx!2,S",
            "1767600000.1.mx",
            ".Archive.2026",
            ".Entw&APw-rfe.&Jjo-",
            ".Entwürfe")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("names")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_name_is_read_without_a_crash_and_keeps_its_base(byte[] bytes) {
    FileName file = FileName.of(bytes);
    if (!file.isComponent()) {
      return;
    }
    MessageName message = MessageName.of(file);
    FileName flagged = message.withFlags(message.flags());
    check(MessageName.sameBase(file, file), "has not its own base");
    check(MessageName.baseHash(file) == MessageName.baseHash(flagged), "hashes otherwise flagged");
    check(MessageName.sameBase(file, flagged), "has another base when it is flagged");
    message.flags().chars().forEach(c -> check(message.has((char) c), "has not its flag"));
    check(message.size().orElse(0) >= 0 && message.wireSize().orElse(0) >= 0, "has a size below 0");
    folder(file);
  }

  private static void folder(FileName file) {
    Optional<MaildirFolder.Charset> charset = MaildirFolder.charset(file);
    List<String> path = MaildirFolder.path(file);
    boolean ordinary = path.stream().noneMatch(part -> part.matches("(?s).*[./].*"));
    if (MaildirFolder.isFolderName(file) && charset.isPresent() && ordinary) {
      FileName again = MaildirFolder.directory(path, charset.get());
      check(MaildirFolder.path(again).equals(path), "comes back as " + again);
    }
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError("The name " + problem);
    }
  }
}
