package org.mailkeep.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

/**
 * The full keys of a repository in a form to be printed, locked away, and typed in again when every
 * key slot is lost. Nothing wraps them: who has the paper reads the repository.
 *
 * <p>The bytes are the repository id (16), the {@link KeySet#encode key set}, and the first four
 * bytes of SHA-256 over both. They are written in {@link Base32}, 25 digits a line, in groups of
 * five, between the line's number and its {@link LineCheck}. Lines that do not begin with a number
 * do not count; upper case is read like lower case; blanks between digits do not count. What a
 * machine reads is the same digits in one {@link #code line} of another form.
 *
 * @param repository whose keys they are
 * @param keys the keys
 */
public record PaperKey(RepositoryId repository, FullKeys keys) {

  private static final int DIGITS = 25;
  private static final int GROUP = 5;
  private static final int CHECKSUM = 4;
  private static final String CODE = "MAILKEEP:";
  private static final Pattern SCANNED =
      Pattern.compile("mailkeep:[a-z2-7]{100,}", Pattern.CASE_INSENSITIVE);
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  /** More lines than the largest key set has. */
  private static final int MOST_LINES = 4096;

  /** The numbered lines, each with its line end. */
  public String text() {
    String digits = Base32.encode(bytes());
    StringBuilder text = new StringBuilder();
    for (int at = 0, number = 1; at < digits.length(); at += DIGITS, number++) {
      String line = digits.substring(at, Math.min(digits.length(), at + DIGITS));
      text.append(String.format(Locale.ROOT, "%2d  ", number));
      for (int group = 0; group < line.length(); group += GROUP) {
        text.append(line, group, Math.min(line.length(), group + GROUP)).append(' ');
      }
      text.append(' ');
      for (int check : LineCheck.of(number, values(line, number))) {
        text.append(ALPHABET.charAt(check));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * One line of capitals and digits, as few as there can be, to be drawn as a code that cameras
   * read: {@code MAILKEEP:} and the digits of all lines.
   */
  public String code() {
    return CODE + Base32.encode(bytes()).toUpperCase(Locale.ROOT);
  }

  private byte[] bytes() {
    ByteWriter out = new ByteWriter(1024);
    repository.write(out);
    out.raw(keys.encode());
    return out.raw(Sha256.prefix(out.toByteArray(), CHECKSUM)).toByteArray();
  }

  /**
   * Reads what {@link #text} or {@link #code} wrote, with whatever stands around it.
   *
   * @throws KeyException that names the line with the mistake and quotes nothing of it
   */
  public static PaperKey parse(String text) {
    Optional<String> scanned =
        text.lines().map(String::strip).filter(l -> SCANNED.matcher(l).matches()).findFirst();
    if (scanned.isPresent()) {
      return scanned(scanned.get().substring(CODE.length()).toLowerCase(Locale.ROOT));
    }
    List<String> lines = text.lines().map(String::strip).filter(PaperKey::isNumbered).toList();
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new KeyException(
          "There is no paper key here: it has lines that begin with 1, 2, 3 and so on",
          "Type all numbered lines, one on each line, with their numbers.");
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      digits.append(digits(lines.get(i).toLowerCase(Locale.ROOT), i + 1, last));
    }
    return decode(digits.toString());
  }

  private static PaperKey scanned(String digits) {
    try {
      return decode(digits);
    } catch (KeyException e) {
      throw new KeyException(
          "The scanned paper key cannot be read: it is not complete, or a character is wrong",
          "Scan it again, or type the numbered lines.",
          e);
    }
  }

  private static boolean isNumbered(String line) {
    return !line.isEmpty() && isDigit(line.charAt(0));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String digits(String line, int number, boolean last) {
    int end = 0;
    while (end < line.length() && isDigit(line.charAt(end))) {
      end++;
    }
    if (!line.substring(0, end).equals(String.valueOf(number))) {
      throw wrong(number, "is missing, or its number is wrong");
    }
    boolean dotted = end < line.length() && ".:)".indexOf(line.charAt(end)) >= 0;
    String rest = line.substring(dotted ? end + 1 : end).replaceAll("\\s", "");
    int[] values = values(rest, number);
    int length = rest.length() - LineCheck.LENGTH;
    if (length < 1 || length > DIGITS || (length < DIGITS && !last)) {
      throw wrong(number, "has " + rest.length() + " characters without blanks, which is wrong");
    }
    if (!LineCheck.isRight(number, values)) {
      throw wrong(number, "has a wrong character");
    }
    return rest.substring(0, length);
  }

  private static int[] values(String digits, int number) {
    int[] values = new int[digits.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ALPHABET.indexOf(digits.charAt(i));
      if (values[i] < 0) {
        throw wrong(number, "has a character that is none of a to z and 2 to 7");
      }
    }
    return values;
  }

  private static PaperKey decode(String digits) {
    try {
      byte[] all = Base32.decode(digits);
      byte[] content = Arrays.copyOf(all, Math.max(0, all.length - CHECKSUM));
      byte[] sum = Arrays.copyOfRange(all, content.length, all.length);
      if (!Arrays.equals(sum, Sha256.prefix(content, CHECKSUM))) {
        throw incomplete(digits);
      }
      ByteReader in = new ByteReader(content);
      RepositoryId repository = RepositoryId.read(in);
      KeySet keys = KeySet.decode(in.raw(in.remaining()));
      if (!(keys instanceof FullKeys full)) {
        throw new KeyException("The paper key cannot read: it holds a writer's keys", "");
      }
      return new PaperKey(repository, full);
    } catch (MalformedException e) {
      throw incomplete(digits);
    }
  }

  private static KeyException incomplete(String digits) {
    int full = digits.length() / DIGITS;
    boolean lastIsFull = digits.length() == full * DIGITS;
    return wrong(full + 1, lastIsFull ? "is missing, or its number is" : "is not complete");
  }

  private static KeyException wrong(int line, String what) {
    return new KeyException(
        "The paper key cannot be read: line " + line + " " + what,
        "Compare that line with the paper, character by character, and try again.");
  }

  /** Says nothing of what the keys are. */
  @Override
  public String toString() {
    return "the paper key of repository " + repository;
  }
}
