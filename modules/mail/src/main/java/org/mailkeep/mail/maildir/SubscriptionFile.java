package org.mailkeep.mail.maildir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawText;

/** The file in a Maildir in which a server keeps which folders its user has subscribed to. */
public enum SubscriptionFile {

  /**
   * Courier's: a line for each folder, its name as clients see it, in the charset of the folders'
   * directories.
   */
  COURIER("courierimapsubscribed") {
    @Override
    String line(List<String> lines, FileName directory) {
      return "INBOX" + directory.text();
    }
  },

  /**
   * Dovecot's (mailbox-list-subscriptions of its lib-storage): lines of names with dots between, or
   * since 2.2 a first line "V\t2", an empty one, and lines of names with tabs between.
   */
  DOVECOT("subscriptions") {
    @Override
    String line(List<String> lines, FileName directory) {
      String name = directory.text().substring(1);
      return !lines.isEmpty() && !lines.getFirst().startsWith(VERSION)
          ? name
          : name.replace('.', '\t');
    }

    @Override
    public Optional<FileName> lock() {
      return Optional.of(FileName.of("subscriptions.lock"));
    }

    @Override
    List<String> head() {
      return List.of(VERSION + "2", "");
    }
  };

  private static final String VERSION = "V\t";

  private final String name;

  SubscriptionFile(String name) {
    this.name = name;
  }

  /** Its name. */
  public FileName fileName() {
    return FileName.of(name);
  }

  /**
   * The file beside it that must be made before it is changed, becomes the new one, and means that
   * somebody else is at it where it is there already; empty where there is no such custom.
   */
  public Optional<FileName> lock() {
    return Optional.empty();
  }

  abstract String line(List<String> lines, FileName directory);

  /** What a new file begins with. */
  List<String> head() {
    return List.of();
  }

  /**
   * The file with a folder in it.
   *
   * @param bytes the file as it is, empty where there is none
   * @param directory the folder's directory, such as {@code .Archive.2026}
   * @return the same bytes where the folder is in it already
   */
  public byte[] with(byte[] bytes, FileName directory) {
    List<String> lines = new ArrayList<>(List.of(RawText.decode(bytes).split("\n", -1)));
    // What is behind the last line feed is no line.
    String rest = lines.removeLast();
    if (!rest.isEmpty()) {
      lines.add(rest);
    }
    if (lines.isEmpty()) {
      lines.addAll(head());
    }
    String line = line(lines, directory);
    if (lines.contains(line)) {
      return bytes;
    }
    lines.add(line);
    return RawText.encode(String.join("\n", lines) + "\n");
  }
}
