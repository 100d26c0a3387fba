package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.AssignedDomain;
import org.mailkeep.mail.qmail.ControlFile;

class QmailFilesFuzzTest {

  private static final String LINE =
      "+example.com-:example.com:89:89:/home/vpopmail/domains/example.com:-::";

  static Stream<byte[]> files() {
    return Stream.of(
            LINE + "\n.\n",
            "+a.example-:a.example:89:89:/srv/a.example:-::\n" + LINE + "\n.\nrest",
            "localhost\nexample.com:example.com \n# remark\nA.example\n")
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = Decoding.TIME)
  void foreign_lines_stay_and_what_was_added_is_not_added_again(byte[] bytes) {
    AssignFile assign = AssignFile.of(bytes);
    check(Arrays.equals(assign.bytes(), bytes), "users/assign is not what it was");
    for (AssignedDomain domain : assign.domains()) {
      check(
          assign.with(List.of(domain.line())).bytes().length == bytes.length, "a line is doubled");
    }
    AssignFile longer = assign.with(List.of(LINE));
    // Somebody else's line for the address counts, even one that says nothing of use.
    check(text(longer).contains("+example.com-"), "the address is not assigned");
    check(Arrays.equals(longer.bytes(), longer.with(List.of(LINE)).bytes()), "it is added again");
    ControlFile control = ControlFile.of(bytes);
    check(Arrays.equals(control.bytes(), bytes), "the list is not what it was");
    ControlFile more = control.with(List.of("example.com"));
    check(more.has("EXAMPLE.com"), "the new entry is not found");
    check(!more.without(List.of("example.com")).has("example.com"), "it cannot be removed");
  }

  private static String text(AssignFile file) {
    return new String(file.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }
}
