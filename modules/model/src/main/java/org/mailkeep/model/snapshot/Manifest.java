package org.mailkeep.model.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.tree.Entry;

/**
 * What a snapshot says of itself.
 *
 * @param time when the backup began: the moment that the snapshot stands for
 * @param finished when the manifest was written
 * @param host the name of the machine
 * @param sources the paths that were asked for, absolute
 * @param profiles the profiles that were asked for, by name, each once
 * @param tags words that the user gave it
 * @param root the root directory, under the name {@link #ROOT_NAME}
 * @param parent the snapshot that this one was compared with
 * @param users the names of all user numbers that own something in it
 * @param groups the names of all group numbers
 * @param accounts what the host knew of these users and groups, and of those that mail servers use
 * @param leftOut what was not backed up on purpose
 * @param unreadable what should have been and could not be read
 * @param counts how the backup went
 * @param options the options that shaped it, as the user wrote them
 * @param program name and version of the program
 * @param massChange what made the backup warn that much has vanished or changed
 */
public record Manifest(
    Instant time,
    Instant finished,
    String host,
    List<RawPath> sources,
    List<Profile> profiles,
    List<String> tags,
    Entry root,
    Optional<ObjectId> parent,
    Map<Integer, String> users,
    Map<Integer, String> groups,
    AccountFacts accounts,
    List<LeftOut> leftOut,
    Unreadable unreadable,
    Counts counts,
    List<String> options,
    String program,
    Optional<MassChange> massChange) {

  /** The name that the root directory's entry has, for it has none of its own. */
  public static final String ROOT_NAME = "root";

  /** Copies the collections. */
  public Manifest {
    sources = List.copyOf(sources);
    profiles = List.copyOf(profiles);
    tags = List.copyOf(tags);
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
    leftOut = List.copyOf(leftOut);
    options = List.copyOf(options);
  }

  /** A manifest without a mass change. */
  public Manifest(
      Instant time,
      Instant finished,
      String host,
      List<RawPath> sources,
      List<Profile> profiles,
      List<String> tags,
      Entry root,
      Optional<ObjectId> parent,
      Map<Integer, String> users,
      Map<Integer, String> groups,
      AccountFacts accounts,
      List<LeftOut> leftOut,
      Unreadable unreadable,
      Counts counts,
      List<String> options,
      String program) {
    this(
        time,
        finished,
        host,
        sources,
        profiles,
        tags,
        root,
        parent,
        users,
        groups,
        accounts,
        leftOut,
        unreadable,
        counts,
        options,
        program,
        Optional.empty());
  }

  /** The same with a mass change. */
  public Manifest with(MassChange change) {
    return new Manifest(
        time,
        finished,
        host,
        sources,
        profiles,
        tags,
        root,
        parent,
        users,
        groups,
        accounts,
        leftOut,
        unreadable,
        counts,
        options,
        program,
        Optional.of(change));
  }

  /** Whether some files could not be read. */
  public boolean isIncomplete() {
    return unreadable.count() > 0;
  }

  /**
   * A profile that chose what to back up. What one finds may change from day to day: its name, and
   * the sources beside it, say which snapshots are of the same things.
   *
   * @param name the profile's name
   * @param paths what it found, absolute
   */
  public record Profile(String name, List<RawPath> paths) {
    /** Copies the list. */
    public Profile {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Things left out for one reason.
   *
   * @param reason the rule that applied, for a person
   * @param count how many
   * @param examples the first of them
   */
  public record LeftOut(String reason, long count, List<RawPath> examples) {
    /** Copies the list. */
    public LeftOut {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Files that could not be read.
   *
   * @param count how many
   * @param failures the first of them, with what went wrong
   */
  public record Unreadable(long count, List<Failure> failures) {
    /** Copies the list. */
    public Unreadable {
      failures = List.copyOf(failures);
    }
  }

  /**
   * A file that could not be read.
   *
   * @param path where it is
   * @param problem what went wrong, for a person
   */
  public record Failure(RawPath path, String problem) {}

  /**
   * How the backup went.
   *
   * @param newFiles files not in the parent
   * @param changedFiles files with other content than in the parent
   * @param unchangedFiles files taken over from the parent, wholly or under a new name
   * @param addedBytes plaintext bytes of chunks that were new to the repository
   * @param storedBytes what the repository grew by, the manifest itself not counted
   */
  public record Counts(
      long newFiles, long changedFiles, long unchangedFiles, long addedBytes, long storedBytes) {}

  /**
   * An unusual share of the files vanished or changed since the snapshot before: a failed mount,
   * malware, or a clean-up.
   *
   * @param before how many files that snapshot had
   * @param vanished how many of them are gone from their places
   * @param changed how many have other content or metadata
   */
  public record MassChange(long before, long vanished, long changed) {}
}
