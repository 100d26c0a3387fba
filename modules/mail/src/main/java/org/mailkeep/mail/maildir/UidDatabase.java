package org.mailkeep.mail.maildir;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;

/**
 * The file of a folder in which an IMAP server keeps which UID each message has. Only its first
 * line is looked at: with the UIDVALIDITY and the next UID. RFC 9051, 2.3.1.1: under one
 * UIDVALIDITY a UID must never stand for two messages.
 */
public enum UidDatabase {

  /** Dovecot's: {@code 3 V1700000000 N42 G...}, fields by their letters. */
  DOVECOT("dovecot-uidlist") {
    @Override
    Optional<Uids> read(String line) {
      List<String> words = List.of(line.split(" ", -1));
      return words.getFirst().equals("3")
          ? uids(number(words, 'V'), number(words, 'N'))
          : Optional.empty();
    }

    @Override
    String write(String line, Uids uids) {
      return Stream.of(line.split(" ", -1))
          .map(
              word ->
                  switch (word.isEmpty() ? ' ' : word.charAt(0)) {
                    case 'V' -> "V" + uids.validity();
                    case 'N' -> "N" + uids.next();
                    default -> word;
                  })
          .reduce((a, b) -> a + " " + b)
          .orElse(line);
    }
  },

  /** Courier's: {@code 1 1700000000 42}. */
  COURIER("courierimapuiddb") {
    @Override
    Optional<Uids> read(String line) {
      String[] words = line.split(" ", -1);
      return words.length == 3 && words[0].equals("1")
          ? uids(number(words[1]), number(words[2]))
          : Optional.empty();
    }

    @Override
    String write(String line, Uids uids) {
      return "1 " + uids.validity() + " " + uids.next();
    }
  };

  /** Numbers of RFC 9051 have 32 bits. */
  private static final long MOST = 0xffff_ffffL;

  private final String name;

  UidDatabase(String name) {
    this.name = name;
  }

  /**
   * What a folder's UIDs are.
   *
   * @param validity the UIDVALIDITY, 1 to 2^32 - 1
   * @param next the UID of the next message, 1 to 2^32 - 1
   */
  public record Uids(long validity, long next) {}

  /** The file's name. */
  public FileName fileName() {
    return FileName.of(name);
  }

  abstract Optional<Uids> read(String line);

  abstract String write(String line, Uids uids);

  /** What the file says; empty where it is in no form that is known. */
  public Optional<Uids> read(byte[] file) {
    return read(RawText.decode(Arrays.copyOf(file, lineEnd(file))));
  }

  /**
   * The same messages under other numbers.
   *
   * @param file one that {@link #read(byte[])} can read
   */
  public byte[] with(byte[] file, Uids uids) {
    int end = lineEnd(file);
    byte[] line = RawText.encode(write(RawText.decode(Arrays.copyOf(file, end)), uids));
    byte[] changed = Arrays.copyOf(line, line.length + file.length - end);
    System.arraycopy(file, end, changed, line.length, file.length - end);
    return changed;
  }

  private static int lineEnd(byte[] file) {
    int end = 0;
    while (end < file.length && file[end] != '\n') {
      end++;
    }
    return end;
  }

  private static Optional<Uids> uids(long validity, long next) {
    return validity > 0 && next > 0 ? Optional.of(new Uids(validity, next)) : Optional.empty();
  }

  private static long number(List<String> words, char letter) {
    return words.stream()
        .filter(word -> word.length() > 1 && word.charAt(0) == letter)
        .mapToLong(word -> number(word.substring(1)))
        .findFirst()
        .orElse(0);
  }

  /** A number of a UID, or 0. */
  private static long number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long number = digits ? Long.parseLong(text) : 0;
    return number <= MOST ? number : 0;
  }
}
