package org.mailkeep.mail.account;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.OwnerMapping;

/** A kind of file in which accounts stand as text. */
public enum AccountFile {

  /**
   * qmail's {@code users/assign}, qmail-users(5): lines {@code =local:user:uid:gid:home:dash:ext:}
   * and {@code +local:user:uid:gid:home:dash:pre:}, and at the end a line that begins with a dot.
   * What stands after that one, qmail-newu(8) does not read.
   */
  ASSIGN {
    @Override
    Optional<byte[]> rewrite(byte[] line, OwnerMapping mapping) {
      boolean assignment = line.length > 0 && (line[0] == '=' || line[0] == '+');
      Optional<FieldLine> fields = assignment ? FieldLine.of(line, 8) : Optional.empty();
      fields.ifPresent(
          found -> {
            renumber(found, 2, mapping::uid);
            renumber(found, 3, mapping::gid);
            move(found, 4, mapping);
          });
      return fields.flatMap(FieldLine::changed);
    }

    @Override
    boolean isEnd(byte[] line) {
      return line.length > 0 && line[0] == '.';
    }

    @Override
    public String rebuild(RawPath path) {
      return "qmail-newu";
    }
  },

  /**
   * vpopmail's {@code vpasswd} of a domain: lines {@code
   * user:password:uid:gid:gecos:dir:quota[:clear]}. The two numbers are flags of vpopmail's, not
   * accounts of the host.
   */
  VPASSWD {
    @Override
    Optional<byte[]> rewrite(byte[] line, OwnerMapping mapping) {
      Optional<FieldLine> fields = FieldLine.of(line, 7);
      fields.ifPresent(found -> move(found, 5, mapping));
      return fields.flatMap(FieldLine::changed);
    }

    @Override
    boolean isEnd(byte[] line) {
      return false;
    }

    @Override
    public String rebuild(RawPath path) {
      List<FileName> names = path.names();
      return "vmkpasswd " + (names.size() < 2 ? "DOMAIN" : names.get(names.size() - 2));
    }
  };

  private static final int NUMBER_LENGTH = 10;

  /** The kind of the file at this path, by its name and that of its directory. */
  public static Optional<AccountFile> of(RawPath path) {
    List<FileName> names = path.names();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (names.getLast().is("vpasswd")) {
      return Optional.of(VPASSWD);
    }
    boolean assign =
        names.size() > 1 && names.getLast().is("assign") && names.get(names.size() - 2).is("users");
    return assign ? Optional.of(ASSIGN) : Optional.empty();
  }

  /**
   * The line under other owners; empty where it stays as it is.
   *
   * @param line without its line feed
   */
  abstract Optional<byte[]> rewrite(byte[] line, OwnerMapping mapping);

  /** Whether nothing counts after this line. */
  abstract boolean isEnd(byte[] line);

  /** The command that makes the compiled copy of this file, which servers read, anew. */
  public abstract String rebuild(RawPath path);

  private interface Renumbering {
    int apply(int id);
  }

  private static void renumber(FieldLine line, int field, Renumbering renumbering) {
    byte[] digits = line.get(field);
    long id = number(digits);
    if (id < 0) {
      return;
    }
    int now = renumbering.apply((int) id);
    if (now != (int) id) {
      byte[] text = new byte[NUMBER_LENGTH];
      int start = NUMBER_LENGTH;
      for (long left = Integer.toUnsignedLong(now); left > 0 || start == text.length; left /= 10) {
        text[--start] = (byte) ('0' + left % 10);
      }
      line.set(field, Arrays.copyOfRange(text, start, NUMBER_LENGTH));
    }
  }

  /** An account's number of at most 32 bits, or -1. */
  private static long number(byte[] digits) {
    if (digits.length == 0 || digits.length > NUMBER_LENGTH) {
      return -1;
    }
    long number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + digit - '0';
    }
    return number >>> 32 == 0 ? number : -1;
  }

  private static void move(FieldLine line, int field, OwnerMapping mapping) {
    byte[] home = line.get(field);
    byte[] now = mapping.home(home);
    if (!Arrays.equals(home, now)) {
      line.set(field, now);
    }
  }
}
