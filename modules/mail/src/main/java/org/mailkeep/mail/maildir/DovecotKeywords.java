package org.mailkeep.mail.maildir;

import java.util.HashMap;
import java.util.Map;
import org.mailkeep.model.RawText;

/**
 * Dovecot's {@code dovecot-keywords} of a folder: which keyword each of the flags 'a' to 'z' in its
 * messages' names stands for. Lines of a number, a space and a name; 0 is 'a'.
 */
public final class DovecotKeywords {

  private static final int COUNT = 26;

  /** Of a folder without keywords. */
  public static final DovecotKeywords NONE = of(new byte[0]);

  private final Map<Character, String> names = new HashMap<>();
  private final Map<String, Character> flags = new HashMap<>();

  private DovecotKeywords() {}

  /** The file of these bytes; lines that are none of its own are passed over. */
  public static DovecotKeywords of(byte[] bytes) {
    DovecotKeywords keywords = new DovecotKeywords();
    RawText.decode(bytes).lines().forEach(keywords::add);
    return keywords;
  }

  private void add(String line) {
    int space = line.indexOf(' ');
    boolean number =
        space > 0
            && space < 3
            && line.substring(0, space).chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number || space == line.length() - 1) {
      return;
    }
    int index = Integer.parseInt(line.substring(0, space));
    if (index < COUNT) {
      char flag = (char) ('a' + index);
      String name = line.substring(space + 1);
      names.putIfAbsent(flag, name);
      flags.putIfAbsent(name, flag);
    }
  }

  /**
   * Flags of a message's name as another folder has them: keywords get the letters that they have
   * there, and those that it does not know are left out. Standard flags, which are upper case,
   * stay.
   */
  public String translate(String messageFlags, DovecotKeywords there) {
    StringBuilder translated = new StringBuilder();
    messageFlags
        .chars()
        .forEach(
            c -> {
              boolean keyword = c >= 'a' && c <= 'z';
              if (!keyword) {
                translated.append((char) c);
                return;
              }
              String name = names.get((char) c);
              Character flag = name == null ? null : there.flags.get(name);
              if (flag != null) {
                translated.append(flag.charValue());
              }
            });
    return translated.toString();
  }
}
