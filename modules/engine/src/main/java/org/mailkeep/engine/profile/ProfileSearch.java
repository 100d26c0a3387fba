package org.mailkeep.engine.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailkeep.engine.profile.Profile.Part;
import org.mailkeep.engine.profile.Profile.Place;
import org.mailkeep.mail.qmail.AssignFile;
import org.mailkeep.mail.qmail.AssignedDomain;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.UserAccount;

/** Looks for what profiles name on one host. For one thread. */
public final class ProfileSearch {

  private final HostTree host;
  private final AccountDatabase accounts;

  /** A search on a host whose root directory is at {@code root} here. */
  public ProfileSearch(RawPath root, AccountDatabase accounts) {
    this.host = new HostTree(root);
    this.accounts = accounts;
  }

  /**
   * What one part of a profile found.
   *
   * @param paths what is there, none of them below a link; the links that lead there, too
   */
  public record Found(Part part, List<RawPath> paths) {
    /** Copies the list. */
    public Found {
      paths = List.copyOf(paths);
    }
  }

  /** What each part of a profile finds, parts that find nothing too. */
  public List<Found> find(Profile profile) {
    return profile.parts().stream().map(part -> new Found(part, find(part.place()))).toList();
  }

  private List<RawPath> find(Place place) {
    Set<RawPath> found = new LinkedHashSet<>();
    switch (place) {
      case Place.Path path -> expand(path.pattern()).forEach(p -> found.addAll(host.find(p)));
      case Place.Domains domains ->
          AssignFile.of(host.read(RawPath.of(domains.assign()))).domains().stream()
              .map(AssignedDomain::directory)
              .distinct()
              .forEach(directory -> found.addAll(host.findPlain(RawPath.of(directory))));
    }
    return List.copyOf(found);
  }

  /** The pattern with a home in place of its user; none where there is no such user. */
  private List<String> expand(String pattern) {
    if (!pattern.startsWith("~")) {
      return List.of(pattern);
    }
    int slash = pattern.indexOf('/');
    List<String> expanded = new ArrayList<>();
    accounts
        .user(pattern.substring(1, slash))
        .map(UserAccount::home)
        .filter(home -> home.startsWith("/"))
        .ifPresent(home -> expanded.add(HostTree.plain(home) + pattern.substring(slash)));
    return expanded;
  }
}
