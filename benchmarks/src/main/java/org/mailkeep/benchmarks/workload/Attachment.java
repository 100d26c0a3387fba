package org.mailkeep.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;

/** A file sent by mail. Its bytes follow from kind, seed and size, so it can be sent again. */
record Attachment(Kind kind, long seed, int size) {

  /** How a file's bytes compress, which is all that matters here. */
  enum Kind {
    /** Photos, archives, PDF, today's office files: hardly at all. */
    PACKED("application/pdf", "scan.pdf"),
    /** Older office files, with pictures, UTF-16 text and empty sectors: to about half. */
    OFFICE("application/msword", "report.doc"),
    /** Tables and logs: to about a third. */
    TABLE("text/csv", "figures.csv");

    final String type;
    final String fileName;

    Kind(String type, String fileName) {
      this.type = type;
      this.fileName = fileName;
    }
  }

  private static final int SECTOR = 512;

  /** The file itself. */
  byte[] content() {
    byte[] bytes = new byte[size];
    SplittableRandom random = Seeds.stream("attachment " + kind, seed);
    switch (kind) {
      case PACKED -> packed(bytes, random);
      case OFFICE -> office(bytes, random);
      case TABLE -> table(bytes, random);
    }
    return bytes;
  }

  /** Adds the file in base64, in lines of a length, with a line end after the last one too. */
  void addEncoded(Bytes out, int lineLength, String lineEnd) {
    byte[] end = lineEnd.getBytes(StandardCharsets.ISO_8859_1);
    out.add(Base64.getMimeEncoder(lineLength, end).encode(content())).add(end);
  }

  private static void packed(byte[] bytes, SplittableRandom random) {
    random.nextBytes(bytes);
    for (int at = 0; at + 64 <= bytes.length; at += 8192) { // markers between compressed parts
      Arrays.fill(bytes, at, at + 64, (byte) (at >>> 13));
    }
  }

  private static void office(byte[] bytes, SplittableRandom random) {
    byte[] sector = new byte[SECTOR];
    int at = 0;
    while (at < bytes.length) {
      int kind = random.nextInt(100);
      int sectors = 1 + random.nextInt(kind < 45 ? 24 : 16);
      for (int i = 0; i < sectors && at < bytes.length; i++) {
        if (kind < 45) {
          random.nextBytes(sector);
        } else if (kind < 70) {
          wideText(sector, random);
        } else if (kind < 80) {
          Arrays.fill(sector, (byte) 0);
        } else {
          records(sector, random);
        }
        int count = Math.min(SECTOR, bytes.length - at);
        System.arraycopy(sector, 0, bytes, at, count);
        at += count;
      }
    }
  }

  private static void wideText(byte[] sector, SplittableRandom random) {
    int at = 0;
    while (at < sector.length) {
      double rank = Math.pow(random.nextDouble(), 2); // common words come first and more often
      String word = COMMON[(int) (rank * COMMON.length)];
      for (int k = 0; k < word.length() && at < sector.length; k++) {
        sector[at++] = (byte) word.charAt(k);
        if (at < sector.length) {
          sector[at++] = 0;
        }
      }
    }
  }

  private static void records(byte[] sector, SplittableRandom random) {
    ByteBuffer buffer = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    int row = random.nextInt(1 << 16);
    while (buffer.remaining() >= 16) {
      buffer.putShort((short) 0x0203).putShort((short) 14);
      buffer.putShort((short) row).putShort((short) random.nextInt(12));
      buffer.putDouble(random.nextInt(100_000) / 100.0);
      row++;
    }
  }

  private static void table(byte[] bytes, SplittableRandom random) {
    int at = 0;
    int number = random.nextInt(1_000_000);
    while (at < bytes.length) {
      String line =
          number++
              + ";2026-"
              + (10 + random.nextInt(3))
              + "-"
              + (10 + random.nextInt(20))
              + ";"
              + COMMON[random.nextInt(COMMON.length)]
              + ";"
              + random.nextInt(100_000)
              + ","
              + (10 + random.nextInt(90))
              + ";EUR;open\n";
      int count = Math.min(line.length(), bytes.length - at);
      for (int k = 0; k < count; k++) {
        bytes[at++] = (byte) line.charAt(k);
      }
    }
  }

  private static final String[] COMMON =
      ("the of and to in a is that for it as was with be by on not he his but at are this have from "
              + "or had an they which one you were all her she there would their we him been has when "
              + "who will no more if out so up said what its about than into them can only other time "
              + "new some could these two may first then do any like my now over such our man me even "
              + "most made after also did many must before through years where much your way well down "
              + "delivery invoice contract quantity department management quarter forecast customer ")
          .split("(?<= )");
}
