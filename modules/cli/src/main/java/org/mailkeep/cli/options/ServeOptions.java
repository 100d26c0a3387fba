package org.mailkeep.cli.options;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.web.access.Origins;
import org.mailkeep.web.access.Secret;
import picocli.CommandLine.Option;

/** Where the web page is served, and to whom. */
public final class ServeOptions {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]):)?([0-9]{1,5})");
  private static final int SHORTEST_TOKEN = 20;
  private static final int LAST_PORT = 0xffff;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      defaultValue = "127.0.0.1:8765",
      description = "Where to listen (default: 127.0.0.1:8765); port 0 is any that is free.")
  private String listen = "";

  @Option(
      names = "--behind-proxy",
      paramLabel = "URL",
      description =
          "What browsers see of a proxy in front, such as https://backup.example.org. Only with it"
              + " may --listen name another address than loopback.")
  private @Nullable String proxy;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Log in with the first line of FILE, of 20 characters or more (default: a new token each"
              + " time, which is printed).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--metrics",
      description =
          "Give /metrics to everybody who reaches the address (default: with the token as"
              + " 'Bearer').")
  private boolean openMetrics;

  /** Whether the token is in a file, and is not to be printed. */
  public boolean hasTokenFile() {
    return tokenFile != null;
  }

  /** Whether metrics need no token. */
  public boolean openMetrics() {
    return openMetrics;
  }

  /** From where requests may come. */
  public Origins origins() {
    return proxy == null ? Origins.LOOPBACK_ONLY : Origins.behind(proxy);
  }

  /**
   * The address to listen at.
   *
   * @throws UsageException where it is none
   * @throws RefusedException where the whole network would reach it
   */
  public InetSocketAddress address() {
    Matcher form = ADDRESS.matcher(listen);
    if (!form.matches() || Integer.parseInt(form.group(2)) > LAST_PORT) {
      throw wrong();
    }
    String host =
        form.group(1) == null || form.group(1).equals("localhost") ? "127.0.0.1" : form.group(1);
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    if (!address.isLoopbackAddress() && proxy == null) {
      throw new RefusedException(
          "At "
              + listen
              + " everybody in the network could reach the page, and nothing is encrypted",
          "Leave out --listen and come by 'ssh -L 8765:127.0.0.1:8765', or put a proxy with TLS in"
              + " front and name it with --behind-proxy.");
    }
    return new InetSocketAddress(address, Integer.parseInt(form.group(2)));
  }

  private UsageException wrong() {
    return new UsageException(
        "'" + listen + "' is no address to listen at", "Write it as 127.0.0.1:8765 or [::1]:8765.");
  }

  /** What people log in with. */
  public Secret token() {
    return Optional.ofNullable(tokenFile).map(ServeOptions::read).orElseGet(Secret::random);
  }

  private static Secret read(Path file) {
    String token =
        new String(SecretText.fromFile(file, "token", "--token-file"), StandardCharsets.UTF_8)
            .strip();
    String make = "umask 077; openssl rand -hex 24 > " + ShellWord.of(file.toString());
    if (token.length() < SHORTEST_TOKEN) {
      throw new UsageException(
          "The token in " + file + " is too short: anybody could guess it", "Make one: " + make);
    }
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.OTHERS_READ)) {
        throw new RefusedException(
            "Everybody can read the token in " + file, "Make a new one: " + make);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new RefusedException("Who can read the token in " + file + " cannot be told", "", e);
    }
    return Secret.of(token);
  }
}
