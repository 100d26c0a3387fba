package org.mailkeep.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** Which domains to move to another server, and where that keeps them. */
public final class DomainOptions {

  private static final String QMAIL = "/var/qmail";

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description =
          "Bring this vpopmail domain to this server: its mailboxes, its aliases, its lines in"
              + " users/assign and control. May be given several times.")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--finish",
      description =
          "With --domain: also run qmail-newu, vmkpasswd and qmail-newmrh, let qmail-send read its"
              + " files again, and let mail in.")
  private boolean finish;

  @Option(
      names = "--vpopmail-home",
      paramLabel = "DIR",
      description =
          "With --domain: where vpopmail is on the new server; otherwise what the passwd database"
              + " says. Domains are put below DIR/domains.")
  private @Nullable String vpopmail;

  @Option(
      names = "--qmail-home",
      paramLabel = "DIR",
      description = "With --domain: where qmail is on the new server; otherwise " + QMAIL + ".")
  private @Nullable String qmail;

  @Option(
      names = "--old-qmail-home",
      paramLabel = "DIR",
      description = "With --domain: where qmail was on the old server; otherwise " + QMAIL + ".")
  private @Nullable String oldQmail;

  /** Whether domains are to be moved; otherwise none of these options may be given. */
  public boolean isAsked() {
    if (domains.isEmpty() && (finish || vpopmail != null || qmail != null || oldQmail != null)) {
      throw new UsageException(
          "--finish, --vpopmail-home, --qmail-home and --old-qmail-home are about moving domains",
          "Say which: --domain example.com.");
    }
    return !domains.isEmpty();
  }

  /** The domains, in lower case. */
  public List<String> domains() {
    return domains.stream().map(DomainOptions::domain).toList();
  }

  private static String domain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.matches("[a-z0-9][a-z0-9_-]*(\\.[a-z0-9_-]+)+")) {
      throw new UsageException(
          "'" + name + "' is not the name of a domain", "Write it as --domain example.com.");
    }
    return lower;
  }

  /** Whether to run what must be run, and let mail in. */
  public boolean finish() {
    return finish;
  }

  /** Where vpopmail is, if that was said. */
  public Optional<RawPath> vpopmail() {
    return Optional.ofNullable(vpopmail).map(path -> absolute("--vpopmail-home", path));
  }

  /** Where qmail is. */
  public RawPath qmail() {
    return qmail == null ? RawPath.of(QMAIL) : absolute("--qmail-home", qmail);
  }

  /** Where qmail was. */
  public RawPath oldQmail() {
    return oldQmail == null ? RawPath.of(QMAIL) : absolute("--old-qmail-home", oldQmail);
  }

  /** These paths are as a server sees them, whatever directory stands for its root. */
  private static RawPath absolute(String option, String path) {
    RawPath raw = RawPath.of(path);
    if (!raw.isAbsolute() || raw.equals(RawPath.ROOT)) {
      throw new UsageException(
          "'" + option + " " + path + "' is no absolute path below /",
          "Give the path as the server sees it.");
    }
    return raw;
  }
}
