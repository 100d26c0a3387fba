package org.mailkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.web.html.Link;

class HostileMessageTest extends WebFixture {

  /** Anything that a browser would run or load, but for the page's own files. */
  private static final Pattern DANGER =
      Pattern.compile(
          "<(img|iframe|object|embed|svg|video|audio|base|style)\\b|<script(?! defer=\"\""
              + " src=\"/static/)|<[a-z]+(?: [a-z-]+=\"[^\"]*\")*"
              + " (on\\w+|style|srcdoc)=|(href|src|action)=\"(?![/#])|(href|src)=\"//",
          Pattern.CASE_INSENSITIVE);

  private static final String ATTACK =
      "\"><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>";

  private String shown(String content) throws Exception {
    String base = message("cur", 1, content);
    Snapshot snapshot = backup();
    serve(true);
    String page = page(at("/message", snapshot).with("name", base));
    assertThat(page).doesNotContainPattern(DANGER);
    assertThat(page(at("/mailbox", snapshot))).doesNotContainPattern(DANGER);
    return page;
  }

  @Test
  void headers_and_names_of_attachments_are_text() throws Exception {
    String page =
        shown(
            letter(
                ATTACK + " <evil@example.net>",
                ATTACK,
                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                    + "Content-Type: text/plain\n\n"
                    + ATTACK
                    + "\n"
                    + "--b\n"
                    + "Content-Type: application/x-evil\n"
                    + "Content-Disposition: attachment;"
                    + " filename=\"<script>alert(3)</script>.js\"\n\n"
                    + "payload\n"
                    + "--b--\n"));
    assertThat(page)
        .contains("&lt;script&gt;alert(1)", "&lt;script&gt;alert(3)", "application/x-evil");
  }

  @Test
  void folders_and_searches_with_mark_up_in_them_are_text() throws Exception {
    Files.createDirectories(maildir.resolve(".<img src=x onerror=alert(1)>/cur"));
    Files.createDirectories(maildir.resolve(".<img src=x onerror=alert(1)>/new"));
    Files.createDirectories(maildir.resolve(".<img src=x onerror=alert(1)>/tmp"));
    message("cur", 1, letter("a@example.net", "harmless", "\nx\n"));
    Snapshot snapshot = backup();
    serve(true);
    assertThat(page(at("/mailbox", snapshot)))
        .contains("&lt;img src=x")
        .doesNotContainPattern(DANGER);
    Link search =
        Link.of("/search").with("q", ATTACK).with("from", ATTACK).with("mailbox", "/x" + ATTACK);
    assertThat(page(search)).contains("&lt;script&gt;").doesNotContainPattern(DANGER);
    assertThat(page(Link.of("/mailboxes").with("filter", ATTACK))).doesNotContainPattern(DANGER);
    assertThat(page(Link.of("/snapshots").with("day", ATTACK))).doesNotContainPattern(DANGER);
    assertThat(page(at("/recover", snapshot).with("into", ATTACK))).doesNotContainPattern(DANGER);
  }

  @Test
  void of_html_only_the_text_is_shown() throws Exception {
    String page =
        shown(
            letter(
                "a@example.net",
                "html",
                "Content-Type: text/html; charset=utf-8\n\n"
                    + "<html><head><title>t</title>"
                    + "<style>body{background:url(http://evil.example/css)}</style><base"
                    + " href=http://evil.example/><meta http-equiv=refresh"
                    + " content='0;url=http://evil.example'></head><body onload=alert(1)><p>Dear"
                    + " Anna,</p><img src=http://evil.example/track.gif alt='a picture'><a"
                    + " href='http://evil.example/login'>your bank</a><a"
                    + " href='javascript:alert(2)'>click</a><script>document.write('gone')</script><svg"
                    + " onload=alert(3)></svg><form action=http://evil.example/><input"
                    + " name=password></form></body></html>\n"));
    assertThat(page)
        .contains("Dear Anna,", "[a picture]", "your bank &lt;http://evil.example/login&gt;")
        .doesNotContain("document.write", "javascript:", "track.gif", "background:url", "refresh");
  }

  @Test
  void odd_charsets_and_encodings_show_something() throws Exception {
    String page =
        shown(
            letter(
                "=?utf-8?Q?M=C3=BCller?= <m@example.net>",
                "=?no-such-charset?B?////?= =?utf-7?Q?+ADw-script+AD4-?=",
                "MIME-Version: 1.0\n"
                    + "Content-Type: multipart/mixed; boundary=b\n\n"
                    + "--b\n"
                    + "Content-Type: text/plain; charset=utf-7\n\n"
                    + "+ADw-script+AD4-alert(1)\n"
                    + "--b\n"
                    + "Content-Type: text/plain; charset=\"x-'><b>\"\n\n"
                    + "caf\u00e9\n"
                    + "--b\n"
                    + "Content-Type: text/plain; charset=utf-16\n\n"
                    + "\u0000<\u0000b\u0000>\n"
                    + "--b\n"
                    + "Content-Type: text/plain; charset=utf-8\n"
                    + "Content-Transfer-Encoding: base64\n\n"
                    + "!!!not base64$$$\n"
                    + "--b\n"
                    + "Content-Type: text/plain\n"
                    + "Content-Transfer-Encoding: quoted-printable\n\n"
                    + "=ZZ=3Cscript=3E=\n"
                    + "--b--\n"));
    assertThat(page).contains("Müller", "caf\u00e9", "&lt;script&gt;");
  }

  @Test
  void writing_is_not_turned_around_and_controls_are_not_shown() throws Exception {
    String page =
        shown(
            letter(
                "a@example.net",
                "x",
                "Content-Type: text/plain; charset=utf-8\n\n"
                    + "safe\u00e2\u0080\u00aeexe.txt\u001b[31m\u0000\n"));
    assertThat(page).contains("safeexe.txt[31m").doesNotContain("\u202e", "\u001b", "\u0000");
  }

  @Test
  void a_message_of_fifty_megabytes_is_shown_in_part() throws Exception {
    String line = Base64.getEncoder().encodeToString(new byte[57]) + "\n";
    StringBuilder big = new StringBuilder(60 << 20);
    big.append(
        letter(
            "a@example.net",
            "big",
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                + "Content-Type: text/plain\n\n"));
    big.append("A line of a very long text, again and again.\n".repeat(250_000));
    big.append("\n--b\nContent-Type: text/html\n\n").append("<b><i><font>".repeat(300_000));
    big.append(
        "\n--b\nContent-Type: image/png; name=big.png\nContent-Transfer-Encoding: base64\n\n");
    while (big.length() < 50 << 20) {
      big.append(line);
    }
    big.append("--b--\n");
    String page = shown(big.toString());
    assertThat(page).contains("some of it is not shown", "A line of a very long text", "big.png");
    assertThat(page.length()).isLessThan(1 << 20);
  }

  @Test
  void parts_without_end_are_cut_off() throws Exception {
    StringBuilder deep = new StringBuilder(letter("a@example.net", "deep", "MIME-Version: 1.0\n"));
    for (int i = 0; i < 2000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("\n\n--b")
          .append(i)
          .append('\n');
    }
    assertThat(shown(deep.toString())).contains("some of it is not shown");
  }

  @Test
  void a_header_without_end_is_cut_off() throws Exception {
    String page = shown("Subject: " + "x".repeat(3 << 20) + "\nFrom: a@example.net\n\nbody\n");
    assertThat(page).contains("some of it is not shown");
  }
}
