package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.mailbox.VpasswdFile;
import org.mailkeep.mail.maildir.DovecotKeywords;
import org.mailkeep.mail.maildir.SubscriptionFile;
import org.mailkeep.mail.maildir.UidDatabase;
import org.mailkeep.mail.maildir.UidDatabase.Uids;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;

class MaildirFilesFuzzTest {

  private static final Uids UIDS = new Uids(1_800_000_000, 43);

  static Stream<byte[]> files() {
    return Stream.of(
            "3 V1700000000 N42 G0123\n1 :1.a\n",
            "1 1700000000 42\n1 1.a\n",
            "0 $Label1\n1 project-x\n",
            "V\t2\n\nArchive\t2026\n",
            "INBOX.Archive\nINBOX.Sent\n",
            "anna:x:1:0:A:/home/vpopmail/domains/example.com/anna:NOQUOTA\n",
            "INBOX/Entw\u00fcrfe.&APw-")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = Decoding.TIME)
  void files_of_servers_are_read_without_a_crash_and_changed_only_where_asked(byte[] bytes) {
    for (UidDatabase database : UidDatabase.values()) {
      database.read(bytes).ifPresent(uids -> renumber(database, bytes, uids));
    }
    for (SubscriptionFile file : SubscriptionFile.values()) {
      byte[] once = file.with(bytes, FileName.of(".A.B"));
      check(Arrays.equals(once, file.with(once, FileName.of(".A.B"))), "a folder is added twice");
    }
    DovecotKeywords keywords = DovecotKeywords.of(bytes);
    check(keywords.translate("FSabz", keywords).startsWith("FS"), "a flag is lost");
    VpasswdFile.of(bytes)
        .forEach((user, home) -> check(!user.isEmpty() && home.isAbsolute(), "no user's line"));
    Optional<FolderName> name = FolderName.parse(RawText.decode(bytes));
    name.ifPresent(
        found -> check(FolderName.parse(found.toString()).isPresent(), "a name is none any more"));
  }

  private static void renumber(UidDatabase database, byte[] bytes, Uids uids) {
    check(uids.validity() > 0 && uids.next() > 0, "a number is none");
    byte[] changed = database.with(bytes, UIDS);
    check(database.read(changed).equals(Optional.of(UIDS)), "the numbers are not the new ones");
    check(rest(changed).equals(rest(bytes)), "the messages are other ones");
  }

  private static String rest(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring(end);
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }
}
