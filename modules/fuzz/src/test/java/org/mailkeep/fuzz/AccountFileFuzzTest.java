package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.mail.account.AccountFile;
import org.mailkeep.mail.account.AccountRewriter;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.account.OwnerMapping;

class AccountFileFuzzTest {

  private static final OwnerMapping ELSEWHERE =
      new OwnerMapping(
          Map.of(89, 1089),
          Map.of(89, 1089),
          List.of(new HomeMove(ByteString.of("/home/vpopmail"), ByteString.of("/srv/vpopmail"))));

  static Stream<byte[]> files() {
    return Stream.of(
            "+example.com-:example.com:89:89:/home/vpopmail/domains/example.com:-::\n.\n",
            "=joe:joe:1000:1000:/home/joe:::\n+:alias:161:161:/var/qmail/alias:-::\n.\n",
            "joe:$1$x$y:1:0:Joe:/home/vpopmail/domains/example.com/joe:NOQUOTA:clear\n")
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_file_stays_where_nothing_moves_and_pieces_never_matter(byte[] file) {
    for (AccountFile kind : AccountFile.values()) {
      if (!Arrays.equals(file, AccountRewriter.rewrite(kind, file, OwnerMapping.EXACT))) {
        throw new AssertionError(kind + " is changed though nothing moves");
      }
      if (!Arrays.equals(inPieces(kind, file), AccountRewriter.rewrite(kind, file, ELSEWHERE))) {
        throw new AssertionError(kind + " depends on the pieces");
      }
    }
  }

  private static byte[] inPieces(AccountFile kind, byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AccountRewriter rewriter = new AccountRewriter(kind, ELSEWHERE, out::write);
    for (int at = 0; at < file.length; ) {
      int count = Math.min(file.length - at, 1 + (file[at] & 7));
      rewriter.feed(file, at, count);
      at += count;
    }
    rewriter.finish();
    return out.toByteArray();
  }
}
