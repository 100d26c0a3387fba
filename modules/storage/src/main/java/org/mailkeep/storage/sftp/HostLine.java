package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * A line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
 *
 * @param names patterns with commas between them, or one name that is hashed
 * @param key its type, and the key as in a file of public keys
 */
record HostLine(Mark mark, String names, PublicKeyEntry key) {

  // A remark may have any bytes; one of them, read as ISO 8859-1, ends a line for a dot.
  private static final Pattern LINE =
      Pattern.compile(
          "(?:@(\\S++)\\s++)?+([^\\s@#]\\S*+)\\s++(\\S++\\s++\\S++).*+", Pattern.DOTALL);

  /** What a key is known for. */
  enum Mark {
    TRUSTED,
    REVOKED,
    AUTHORITY
  }

  /** Reads a line; empty if it says nothing, or nothing that ssh(1) would understand. */
  static Optional<HostLine> parse(String line) {
    Matcher fields = LINE.matcher(line.strip());
    if (!fields.matches()) {
      return Optional.empty();
    }
    Optional<Mark> mark =
        switch (Optional.ofNullable(fields.group(1)).orElse("")) {
          case "" -> Optional.of(Mark.TRUSTED);
          case "revoked" -> Optional.of(Mark.REVOKED);
          case "cert-authority" -> Optional.of(Mark.AUTHORITY);
          default -> Optional.empty();
        };
    try {
      PublicKeyEntry key = PublicKeyEntry.parsePublicKeyEntry(fields.group(3));
      return mark.filter(_ -> key != null).map(m -> new HostLine(m, fields.group(2), key));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the line is about a server. */
  boolean isAbout(SftpFolder server) {
    return names.startsWith("|") ? isHashOf(server) : isAmongNames(server);
  }

  private boolean isHashOf(SftpFolder server) {
    try {
      KnownHostHashValue hash = KnownHostHashValue.parse(names);
      return hash != null && hash.isHostMatch(lower(server.host()), server.port());
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean isAmongNames(SftpFolder server) {
    String name = lower(server.knownName());
    boolean found = false;
    for (String pattern : List.of(lower(names).split(","))) {
      boolean not = pattern.startsWith("!");
      if (matches(not ? pattern.substring(1) : pattern, name)) {
        if (not) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /**
   * Whether a name fits a pattern of ssh_config(5): a star stands for any text, a question mark for
   * one character. Takes at most the product of both lengths in steps, whatever the pattern is;
   * regular expressions would take for ever for a hundred stars.
   */
  static boolean matches(String pattern, String name) {
    int star = -1;
    int taken = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (wanted == '*') {
        star = p++;
        taken = n;
      } else if (p < pattern.length() && (wanted == '?' || wanted == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        // What fails after a star fails for every earlier one as well: only the last takes more.
        p = star + 1;
        n = ++taken;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether it is this key; one of a type that this program does not know is none. */
  boolean has(PublicKey shown) {
    try {
      PublicKey known = key.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.IGNORING);
      return KeyUtils.compareKeys(shown, known);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
