package org.mailkeep.benchmarks.workload;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/** Header lines: real ones made different, and those that servers and lists add today. */
final class Headers {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private final Corpus corpus;

  Headers(Corpus corpus) {
    this.corpus = corpus;
  }

  static String date(long seconds) {
    return DATE.format(Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC));
  }

  static String token(SplittableRandom random, int letters) {
    String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      token.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return token.toString();
  }

  static String host(SplittableRandom random) {
    String[] names = {"mail", "mx", "smtp", "out", "relay", "lists", "vger", "gate"};
    String[] domains = {
      "example.edu", "example.com", "example.net", "kernel.example", "isp.example"
    };
    return names[random.nextInt(names.length)]
        + random.nextInt(9)
        + "."
        + domains[random.nextInt(domains.length)];
  }

  static String address(SplittableRandom random) {
    return "192.0.2." + random.nextInt(256);
  }

  /**
   * A real header whose numbers, queue ids and message ids are others. Lines that would contradict
   * the body (MIME) are left out; the caller writes those, the subject and the date.
   */
  void addReal(Bytes out, SplittableRandom random, long sample) {
    byte[] header = corpus.sample(sample).header;
    int at = 0;
    boolean skipped = false;
    while (at < header.length) {
      int end = Corpus.lineEnd(header, at);
      boolean continued = header[at] == ' ' || header[at] == '\t';
      skipped = continued ? skipped : ownLine(header, at);
      if (!skipped) {
        addAltered(out, random, header, at, end);
      }
      at = end;
    }
  }

  private static boolean ownLine(byte[] header, int at) {
    return Corpus.startsWith(header, at, "content-")
        || Corpus.startsWith(header, at, "mime-version:")
        || Corpus.startsWith(header, at, "subject:")
        || Corpus.startsWith(header, at, "date:")
        || Corpus.startsWith(header, at, "message-id:");
  }

  /** Changes most digits, and the letters of words that look like ids. */
  private static void addAltered(
      Bytes out, SplittableRandom random, byte[] line, int from, int end) {
    int at = from;
    while (at < end) {
      int word = at;
      boolean digits = false;
      boolean letters = false;
      while (word < end && Character.isLetterOrDigit(line[word] & 0x7f)) {
        digits |= Character.isDigit(line[word] & 0x7f);
        letters |= Character.isLetter(line[word] & 0x7f);
        word++;
      }
      boolean id = digits && letters && word - at >= 6;
      for (; at < word; at++) {
        out.add(id || random.nextInt(5) < 3 ? altered(line[at], id, random) : line[at]);
      }
      if (at < end) {
        out.add(line[at++]);
      }
    }
  }

  private static byte altered(byte letter, boolean id, SplittableRandom random) {
    if (letter >= '0' && letter <= '9') {
      return (byte) ('0' + random.nextInt(10));
    }
    if (id && letter >= 'a' && letter <= 'z') {
      return (byte) ('a' + random.nextInt(26));
    }
    if (id && letter >= 'A' && letter <= 'Z') {
      return (byte) ('A' + random.nextInt(26));
    }
    return letter;
  }

  /** The lines that say who sent what when. */
  static void addOwn(Bytes out, SplittableRandom random, long date, String subject) {
    out.add("Date: " + date(date - random.nextInt(90)) + "\n");
    out.add("Message-ID: <" + token(random, 22) + "@" + host(random) + ">\n");
    out.add("Subject: " + subject + "\n");
  }

  /** A hop, as the mail servers of today write it. */
  static void addHop(Bytes out, SplittableRandom random, long date) {
    String from = host(random);
    out.add("Received: from " + from + " (" + from + " [" + address(random) + "])\n");
    out.add("\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n");
    out.add("\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\n");
    out.add("\t(No client certificate requested)\n");
    out.add("\tby " + host(random) + " (Postfix) with ESMTPS id 4" + token(random, 13) + "\n");
    out.add("\tfor <subscriber@example.org>; " + date(date) + "\n");
  }

  static void addSignature(Bytes out, SplittableRandom random, String name, long date) {
    String domain = host(random);
    out.add(name + ": v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + ";\n");
    out.add(
        "\ts=20230601; t="
            + date
            + "; x="
            + (date + 604800)
            + "; bh="
            + base64(random, 32)
            + ";\n");
    out.add("\th=From:To:Cc:Subject:Date:Message-ID:List-Id:List-Subscribe:\n");
    out.add("\t List-Unsubscribe:In-Reply-To:References:MIME-Version:Content-Type;\n");
    String signature = base64(random, 256);
    for (int at = 0; at < signature.length(); at += 66) {
      String lead = at == 0 ? "\tb=" : "\t ";
      out.add(lead + signature.substring(at, Math.min(at + 66, signature.length())) + "\n");
    }
  }

  static void addChecks(Bytes out, SplittableRandom random, long date) {
    String domain = host(random);
    out.add(
        "Authentication-Results: mx1.example.org;\n\tdkim=pass (2048-bit key) header.d=" + domain);
    out.add(" header.i=@" + domain + " header.b=" + token(random, 8) + ";\n");
    out.add("\tspf=pass smtp.mailfrom=" + domain + ";\n\tdmarc=pass (p=quarantine) header.from=");
    out.add(domain + "\n");
    out.add("X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14) on mx1.example.org\n");
    out.add(
        "X-Spam-Level: \nX-Spam-Status: No, score=-"
            + random.nextInt(9)
            + "."
            + random.nextInt(10));
    out.add(
        " required=5.0 tests=BAYES_00,DKIMWL_WL_HIGH,\n\tDKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,");
    out.add("HEADER_FROM_DIFFERENT_DOMAINS,\n\tMAILING_LIST_MULTI,RCVD_IN_DNSWL_BLOCKED,SPF_PASS");
    out.add(" autolearn=ham\n\tautolearn_force=no version=4.0.0\n");
    out.add("X-Received: by 2002:a05:" + Integer.toHexString(random.nextInt(0x10000)) + ":b0:");
    out.add(Integer.toHexString(random.nextInt(0x1000)) + " with SMTP id ");
    out.add(token(random, 28) + "-" + token(random, 24) + "mr" + random.nextInt(99_999_999));
    out.add(";\n        " + date(date) + "\n");
  }

  static void addList(Bytes out, SplittableRandom random, int list) {
    String name = "list" + list;
    String domain = "lists.example.net";
    out.add("Precedence: bulk\nX-Mailing-List: " + name + "@" + domain + "\n");
    out.add("List-Id: <" + name + "." + domain + ">\n");
    out.add("List-Subscribe: <mailto:" + name + "+subscribe@" + domain + ">\n");
    out.add("List-Unsubscribe: <mailto:" + name + "+unsubscribe@" + domain + ">,\n");
    out.add(" <https://" + domain + "/mailman3/postorius/lists/" + name + ">\n");
    out.add("List-Archive: <https://" + domain + "/archives/list/" + name + "/message/");
    out.add(token(random, 32) + "/>\n");
    out.add("List-Help: <mailto:" + name + "-request@" + domain + "?subject=help>\n");
    out.add("List-Owner: <mailto:" + name + "-owner@" + domain + ">\n");
    out.add("List-Post: <mailto:" + name + "@" + domain + ">\n");
    out.add("References:");
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      out.add(" <" + token(random, 20) + "@" + host(random) + ">\n");
    }
  }

  private static String base64(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
