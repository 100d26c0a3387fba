package org.mailkeep.mail.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

class AccountRewriterTest {

  private static final OwnerMapping MAPPING =
      new OwnerMapping(
          Map.of(89, 1089, 1089, -1),
          Map.of(89, 2089),
          List.of(move("/home/vpopmail", "/srv/mail"), move("/home", "/usr/home")));

  private static HomeMove move(String from, String to) {
    return new HomeMove(ByteString.of(from), ByteString.of(to));
  }

  private static String assign(String text) {
    return rewrite(AccountFile.ASSIGN, text);
  }

  private static String vpasswd(String text) {
    return rewrite(AccountFile.VPASSWD, text);
  }

  private static String rewrite(AccountFile kind, String text) {
    return new String(
        AccountRewriter.rewrite(kind, text.getBytes(ISO_8859_1), MAPPING), ISO_8859_1);
  }

  @Test
  void numbers_and_homes_of_assign_become_those_of_the_host() {
    assertThat(
            assign(
                "+example.com-:example.com:89:89:/home/vpopmail/domains/example.com:-::\n"
                    + "=anna:anna:1089:89:/home/anna:::\n"
                    + "+:alias:7790:2108:/var/qmail/alias:-::\n"
                    + ".\n"))
        .isEqualTo(
            "+example.com-:example.com:1089:2089:/srv/mail/domains/example.com:-::\n"
                + "=anna:anna:4294967295:2089:/usr/home/anna:::\n"
                + "+:alias:7790:2108:/var/qmail/alias:-::\n"
                + ".\n");
  }

  @Test
  void what_stands_after_the_dot_is_no_assignment() {
    String rest = ".\n=a:a:89:89:/home/vpopmail:::\n";
    assertThat(assign(rest)).isEqualTo(rest);
  }

  @Test
  void lines_of_another_shape_stay_as_they_are() {
    for (String line :
        List.of(
            "",
            "\n",
            "# 89:89\n",
            "=a:a:89:89:/home/vpopmail::\n",
            "a:a:a:89:89:/home/vpopmail:::\n",
            "=a:a:089x:8 9:home/vpopmail:::\n",
            "=a:a::-89:/homes/vpopmail:::\n",
            "=a:a:4294967385:99999999999:/:::\n")) {
      assertThat(assign(line)).isEqualTo(line);
    }
  }

  @Test
  void a_number_that_stays_keeps_its_leading_zeros() {
    assertThat(assign("=a:a:00007:089:/root:-:\\351\u00e9:x:y\n.\n"))
        .isEqualTo("=a:a:00007:2089:/root:-:\\351\u00e9:x:y\n.\n");
  }

  @Test
  void the_last_line_counts_without_its_line_feed_too() {
    assertThat(assign("=a:a:89:0:/:::")).isEqualTo("=a:a:1089:0:/:::");
  }

  @Test
  void vpasswd_has_homes_but_no_numbers_of_the_host() {
    assertThat(
            vpasswd(
                "anna:$1$x/y:89:89:Anna \u00e9:/home/vpopmail/domains/e.com/anna:NOQUOTA\n"
                    + "bob:x:1:0:bob:/home/vpopmail:10M:secret:89\n"
                    + "eve:x:1:0:/home/vpopmail:/elsewhere/eve:10M\n"
                    + "short:x:1:0:gecos:/home/vpopmail\n"))
        .isEqualTo(
            "anna:$1$x/y:89:89:Anna \u00e9:/srv/mail/domains/e.com/anna:NOQUOTA\n"
                + "bob:x:1:0:bob:/srv/mail:10M:secret:89\n"
                + "eve:x:1:0:/home/vpopmail:/elsewhere/eve:10M\n"
                + "short:x:1:0:gecos:/home/vpopmail\n");
  }

  @Test
  void it_says_which_lines_changed_but_not_their_passwords() {
    AccountRewriter rewriter =
        new AccountRewriter(AccountFile.VPASSWD, MAPPING, (buffer, offset, length) -> {});
    byte[] file =
        "a:secret:1:0:a:/else/a:\nb:secret:1:0:b:/home/vpopmail/b:\n".getBytes(ISO_8859_1);
    rewriter.feed(file, 0, file.length);
    rewriter.finish();
    assertThat(rewriter.changedLines()).isEqualTo(1);
    assertThat(rewriter.firstChanged()).containsExactly(new ChangedLine(2, "b"));
  }

  @Test
  void a_line_too_long_for_an_account_goes_through_and_the_next_one_counts() {
    String line = "=a:a:89:89:/home/vpopmail/" + "x".repeat(AccountRewriter.LONGEST_LINE) + ":::\n";
    assertThat(assign(line + "=a:a:89:89:/:::\n.\n")).isEqualTo(line + "=a:a:1089:2089:/:::\n.\n");
  }

  @Test
  void any_bytes_under_no_mapping_stay_as_they_are() {
    Property.check(
        300,
        draw -> {
          byte[] file = draw.flip() ? draw.bytes() : file(draw).getBytes(ISO_8859_1);
          AccountFile kind = draw.pick(AccountFile.values());
          assertThat(AccountRewriter.rewrite(kind, file, OwnerMapping.EXACT)).isEqualTo(file);
        });
  }

  @Test
  void the_way_a_file_is_cut_into_parts_makes_no_difference() {
    Property.check(
        300,
        draw -> {
          byte[] file = file(draw).getBytes(ISO_8859_1);
          AccountFile kind = draw.pick(AccountFile.values());
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          AccountRewriter rewriter = new AccountRewriter(kind, MAPPING, out::write);
          for (int at = 0; at < file.length; ) {
            int length = Math.min(file.length - at, draw.between(0, 40));
            rewriter.feed(file, at, length);
            at += length;
          }
          rewriter.finish();
          assertThat(out.toByteArray()).isEqualTo(AccountRewriter.rewrite(kind, file, MAPPING));
        });
  }

  @Test
  void a_mapping_and_its_reverse_give_the_file_back() {
    OwnerMapping there =
        new OwnerMapping(
            Map.of(89, 1089, 1089, 89, 0, 7, 7, 0),
            Map.of(89, 5, 5, 89),
            List.of(move("/home/vpopmail", "/new\u00e9")));
    OwnerMapping back =
        new OwnerMapping(
            there.users(), there.groups(), List.of(move("/new\u00e9", "/home/vpopmail")));
    Property.check(
        300,
        draw -> {
          byte[] file = file(draw).getBytes(ISO_8859_1);
          AccountFile kind = draw.pick(AccountFile.values());
          byte[] mapped = AccountRewriter.rewrite(kind, file, there);
          assertThat(AccountRewriter.rewrite(kind, mapped, back)).isEqualTo(file);
        });
  }

  @Test
  void damaged_files_are_rewritten_as_far_as_they_go_and_keep_their_lines() {
    Property.check(
        20,
        draw -> {
          AccountFile kind = draw.pick(AccountFile.values());
          Mutations.of(file(draw).getBytes(ISO_8859_1))
              .forEach(
                  mutation -> {
                    byte[] after = AccountRewriter.rewrite(kind, mutation.bytes(), MAPPING);
                    assertThat(shape(after)).isEqualTo(shape(mutation.bytes()));
                  });
        });
  }

  /** The colons and line feeds of a file. */
  private static String shape(byte[] file) {
    return new String(file, ISO_8859_1).replaceAll("[^:\n]", "");
  }

  private static String file(Draw draw) {
    StringBuilder out = new StringBuilder();
    for (int left = draw.length(12); left > 0; left--) {
      out.append(draw.pick("=", "+", "", "=user", "+dom.com-")).append(':');
      for (int fields = draw.between(4, 9); fields > 0; fields--) {
        out.append(
            draw.pick(
                "89", "1089", "0", "7", "5", "x", "", "/home/vpopmail", "/home/vpopmail/a", "/h"));
        out.append(fields > 1 || draw.flip() ? ":" : "");
      }
      out.append('\n');
    }
    return out.append(draw.pick(".\n", ".", "", "=a:b")).toString();
  }

  @Test
  void files_are_known_by_their_name_and_place() {
    assertThat(AccountFile.of(RawPath.of("/var/qmail/users/assign"))).contains(AccountFile.ASSIGN);
    assertThat(AccountFile.of(RawPath.of("/home/vpopmail/domains/0/e.com/vpasswd")))
        .contains(AccountFile.VPASSWD);
    for (String other :
        List.of("/", "/assign", "/var/qmail/users", "/users/assign/cdb", "/e.com/vpasswd.cdb")) {
      assertThat(AccountFile.of(RawPath.of(other))).isEmpty();
    }
  }

  @Test
  void it_says_what_must_be_made_anew() {
    assertThat(AccountFile.ASSIGN.rebuild(RawPath.of("/var/qmail/users/assign")))
        .isEqualTo("qmail-newu");
    assertThat(AccountFile.VPASSWD.rebuild(RawPath.of("/domains/0/e.com/vpasswd")))
        .isEqualTo("vmkpasswd e.com");
  }

  @Test
  void a_home_that_would_break_a_line_is_refused() {
    for (String wrong : List.of("", "/", "home", "/home/", "/a:b", "/a\nb", "/a\0")) {
      assertThatThrownBy(() -> move("/home", wrong)).isInstanceOf(UsageException.class);
      assertThatThrownBy(() -> move(wrong, "/home")).isInstanceOf(UsageException.class);
    }
  }
}
