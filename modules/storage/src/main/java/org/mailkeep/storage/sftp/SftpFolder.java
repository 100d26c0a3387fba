package org.mailkeep.storage.sftp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.error.UsageException;

/**
 * A folder on a server.
 *
 * @param user the user there; empty for the one who runs this program
 * @param host name or address
 * @param port usually 22
 * @param path absolute, or relative to the user's home there; never with a slash at its end
 */
public record SftpFolder(Optional<String> user, String host, int port, String path) {

  private static final int USUAL_PORT = 22;
  private static final Pattern SCP = Pattern.compile("([^@:/\\s]+)@([A-Za-z0-9._-]+):(.+)");

  /** Whether a text is of the form {@code user@host:path}, as scp(1) has it. */
  public static boolean isScp(String text) {
    return SCP.matcher(text).matches();
  }

  /**
   * Reads {@code sftp://user@host:port/path}, where the path is absolute unless it begins with
   * {@code /~/}, and {@code user@host:path}, where it is relative to the home unless it begins with
   * a slash.
   *
   * @throws UsageException for anything else
   */
  public static SftpFolder parse(String text) {
    Matcher scp = SCP.matcher(text);
    if (scp.matches()) {
      return of(Optional.of(scp.group(1)), scp.group(2), USUAL_PORT, scp.group(3));
    }
    try {
      URI uri = new URI(text);
      String user = uri.getUserInfo();
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (uri.getHost() != null && plain && (user == null || !user.contains(":"))) {
        String path = uri.getPath().startsWith("/~/") ? uri.getPath().substring(3) : uri.getPath();
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        return of(Optional.ofNullable(user), host, port, path);
      }
    } catch (URISyntaxException e) {
      // Told below, without the text: it may hold a password that belongs elsewhere.
    }
    throw new UsageException(
        "This is not a location on an SFTP server",
        "Write sftp://user@host:port/path or user@host:path; a password cannot be given, but"
            + " --sftp-key FILE or an ssh-agent.");
  }

  private static SftpFolder of(Optional<String> user, String host, int port, String path) {
    String folder = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    if (folder.isEmpty() || folder.equals("/") || folder.chars().anyMatch(c -> c < ' ')) {
      throw new UsageException(
          "The location on the SFTP server names no folder", "Write sftp://user@host/path.");
    }
    return new SftpFolder(user, host, port, folder);
  }

  /** The name of the server as known_hosts files have it. */
  String knownName() {
    return port == USUAL_PORT ? host : "[" + host + "]:" + port;
  }

  @Override
  public String toString() {
    return "sftp://"
        + user.map(name -> name + "@").orElse("")
        + (host.contains(":") ? "[" + host + "]" : host)
        + (port == USUAL_PORT ? "" : ":" + port)
        + (path.startsWith("/") ? "" : "/~/")
        + path;
  }
}
