package org.mailkeep.engine.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.profile.ProfileSearch.Found;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.snapshot.Manifest;

/**
 * What some profiles found together.
 *
 * @param found for each profile that found something, what its parts found
 * @param absent the profiles that found nothing
 */
public record ProfileChoice(SequencedMap<Profile, List<Found>> found, List<Profile> absent) {

  /** No profile. */
  public static final ProfileChoice NONE = new ProfileChoice(new LinkedHashMap<>(), List.of());

  /**
   * Looks for what these profiles name.
   *
   * @param names names of profiles, or {@link Profiles#AUTO} for all that find something
   * @throws NotFoundException where a profile that was named finds nothing, or all of them nothing
   */
  public static ProfileChoice of(List<String> names, Profiles profiles, ProfileSearch search) {
    boolean auto = names.contains(Profiles.AUTO);
    SequencedMap<Profile, List<Found>> found = new LinkedHashMap<>();
    List<Profile> absent = new ArrayList<>();
    for (String name : auto ? profiles.names() : List.copyOf(new TreeSet<>(names))) {
      Profile profile = profiles.get(name);
      List<Found> parts = search.find(profile);
      if (parts.stream().anyMatch(part -> !part.paths().isEmpty())) {
        found.put(profile, parts);
      } else if (auto && !names.contains(name)) {
        absent.add(profile);
      } else {
        throw new NotFoundException(
            "The profile '" + name + "' finds nothing on this host",
            "Nothing was written. `mailkeep profile show "
                + name
                + "` tells where it looks; leave"
                + " it out, or name the folders.");
      }
    }
    if (auto && found.isEmpty()) {
      throw new NotFoundException(
          "No profile finds anything on this host",
          "Nothing was written. Name the folders to back up; `mailkeep profile list` tells what"
              + " profiles there are.");
    }
    return new ProfileChoice(found, absent);
  }

  /** The profiles with what they found, as a manifest has them. */
  public List<Manifest.Profile> manifest() {
    List<Manifest.Profile> profiles = new ArrayList<>();
    found.forEach(
        (profile, parts) -> {
          TreeSet<RawPath> paths = new TreeSet<>();
          parts.forEach(part -> paths.addAll(part.paths()));
          profiles.add(new Manifest.Profile(profile.name(), List.copyOf(paths)));
        });
    profiles.sort(Comparator.comparing(Manifest.Profile::name));
    return profiles;
  }

  /** What the profiles leave out of what they found. */
  public List<PathPattern> without() {
    Map<String, PathPattern> patterns = new LinkedHashMap<>();
    for (List<Found> parts : found.values()) {
      for (Found part : parts) {
        for (RawPath path : part.paths()) {
          for (String pattern : part.part().without()) {
            patterns.computeIfAbsent(HostTree.plain(path.text()) + "/" + pattern, PathPattern::of);
          }
        }
      }
    }
    return List.copyOf(patterns.values());
  }
}
