package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.profile.ProfileSearch;
import org.mailkeep.engine.profile.Profiles;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Accounts;
import org.mailkeep.unix.Credentials;
import picocli.CommandLine.Option;

/** Which profiles there are, and where they look. */
public final class ProfileOptions {

  @Option(
      names = "--profiles-dir",
      paramLabel = "DIR",
      description =
          "Where your own profiles are, NAME.toml each (default: $MAILKEEP_PROFILES, else"
              + " /etc/mailkeep/profiles.d for root).")
  private @Nullable Path folder;

  /** All profiles. */
  public Profiles profiles() {
    return Profiles.with(
        Optional.ofNullable(folder)
            .orElseGet(
                () ->
                    Places.of(Credentials.current().effectiveUid() == 0, Environment.variables())
                        .profiles()));
  }

  /** A search on this host. */
  public ProfileSearch search() {
    return new ProfileSearch(RawPath.ROOT, new Accounts());
  }
}
