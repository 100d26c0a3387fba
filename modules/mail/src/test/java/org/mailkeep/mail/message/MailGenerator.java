package org.mailkeep.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes mail as it is and as it should not be: nested, broken, mixed, cut off. */
public final class MailGenerator {

  private static final List<String> TOP =
      List.of(
          "From someone@example.org Mon Jan  1 00:00:00 2001",
          "Return-Path: <a@example.org>",
          "Delivered-To: b@example.com",
          "X-Original-To: c@example.com",
          "Received: (qmail 123 invoked by uid 89); 1 Jan 2001 00:00:00 -0000",
          "Received: from x (HELO y) (10.0.0.1)\n\tby z with SMTP; 1 Jan 2001",
          "RECEIVED : from odd",
          "Subject: hello",
          "X-Empty:",
          "MIME-Version: 1.0",
          ">From mangled");

  private final RandomGenerator random;
  private final int maxBase64;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private String lineEnd = "\n";
  private int partsLeft;

  /**
   * @param maxBase64 the most decoded bytes of one base64 part
   */
  public MailGenerator(RandomGenerator random, int maxBase64) {
    this.random = random;
    this.maxBase64 = maxBase64;
  }

  /** The next message. */
  public byte[] next() {
    out.reset();
    lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    partsLeft = 20;
    for (int i = random.nextInt(6); i > 0; i--) {
      line(pick(TOP));
    }
    part(random.nextInt(5));
    return out.toByteArray();
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void raw(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void line(String text) {
    raw(text);
    raw(oneIn(200) ? pick(List.of("\n", "\r\n", "\r", "\n\r", " \r\n", "", "\0\n")) : lineEnd);
  }

  /** The rest of a header, and a body. */
  private void part(int depth) {
    partsLeft--;
    if (depth > 0 && random.nextInt(3) > 0) {
      multipart(depth);
    } else if (depth > 0 && oneIn(4)) {
      line("Content-Type: message/rfc822");
      endHeader();
      line(pick(TOP));
      part(depth - 1);
    } else if (random.nextInt(3) > 0) {
      line(
          pick(
              List.of("Content-Transfer-Encoding: base64", "content-transfer-encoding:  BASE64 ")));
      endHeader();
      base64();
    } else {
      line("Content-Type: text/plain; charset=utf-8");
      endHeader();
      text();
    }
  }

  private void endHeader() {
    if (!oneIn(30)) {
      line("");
    }
  }

  private void multipart(int depth) {
    String border = pick(List.of("b", "=_x", "b-1", "--", "a b", "x".repeat(70), "y".repeat(71)));
    border = oneIn(3) ? border : border + random.nextInt(100);
    line(
        switch (random.nextInt(5)) {
          case 0 -> "Content-Type: multipart/mixed; boundary=" + border;
          case 1 ->
              "Content-Type: multipart/alternative;" + lineEnd + "\tboundary=\"" + border + "\"";
          case 2 ->
              "Content-type: Multipart/Related; type=\"x;y\\\"\"; BOUNDARY = \"" + border + "\"";
          case 3 -> "Content-Type: multipart/mixed; charset=x;boundary='" + border + "'; z=1";
          default -> "Content-Type: multipart/mixed; boundary=\"" + border + "\"";
        });
    endHeader();
    if (oneIn(2)) {
      text();
    }
    for (int i = random.nextInt(4); i >= 0 && partsLeft > 0; i--) {
      line("--" + border + (oneIn(8) ? pick(List.of(" ", "\t ", "x", "-", "--")) : ""));
      part(depth - 1);
    }
    if (!oneIn(5)) {
      line("--" + border + "--");
    }
    if (oneIn(4)) {
      text();
    }
  }

  private void text() {
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(12)) {
        case 0 -> line("--");
        case 1 -> line("-- ");
        case 2 -> line("");
        case 3 -> line("-");
        case 4 -> line("x".repeat(random.nextInt(3000)));
        case 5 -> line("\0\u00ff\u0080 8-bit \u00e4");
        default -> line("Some words that make up a line of " + random.nextInt());
      }
    }
  }

  private void base64() {
    int size =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(8);
          case 1 -> 57 * random.nextInt(1, 8);
          case 2 -> random.nextInt(maxBase64 / 8 + 1);
          default -> random.nextInt(maxBase64 + 1);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    String text = Base64.getEncoder().encodeToString(bytes);
    int length = pick(List.of(76, 76, 76, 72, 64, 60, 4, 8, 996, 1000, 77));
    boolean clean = random.nextBoolean();
    for (int at = 0; at < text.length(); at += length) {
      String line = text.substring(at, Math.min(text.length(), at + length));
      if (!clean && oneIn(20)) {
        line = broken(line);
      }
      if (at + length >= text.length() && oneIn(4)) {
        raw(line);
      } else if (clean) {
        raw(line + lineEnd);
      } else {
        line(line);
      }
    }
  }

  private String broken(String line) {
    int at = random.nextInt(line.length());
    return switch (random.nextInt(8)) {
      case 0 -> line + " ";
      case 1 -> line.substring(0, at);
      case 2 -> line.substring(0, at) + "=" + line.substring(at);
      case 3 -> line.substring(0, at) + "*" + line.substring(at + 1);
      case 4 -> "";
      case 5 -> line.substring(0, line.length() - 1) + "=";
      case 6 -> "QQ==";
      default -> "QR==";
    };
  }
}
