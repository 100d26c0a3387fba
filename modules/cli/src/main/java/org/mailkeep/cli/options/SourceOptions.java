package org.mailkeep.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.backup.CommandOutput;
import org.mailkeep.engine.profile.ProfileChoice;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to back up, and what of it not. */
public final class SourceOptions {

  @Mixin private final ProfileOptions profileOptions = new ProfileOptions();

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "What to back up.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME",
      split = ",",
      description =
          "Back up what the profile NAME finds on this host, such as qmail,vpopmail; auto: what any"
              + " profile finds. See 'mailkeep profile list'.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--command",
      paramLabel = "NAME=COMMAND",
      description =
          "Run COMMAND with /bin/sh first and store what it prints as /.mailkeep-commands/NAME."
              + " Where it ends with another status than 0, no snapshot is made.")
  private List<String> commands = new ArrayList<>();

  @Option(
      names = "--command-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Stop a command that runs longer than TIME, such as 90s, 30m or 2h, and fail.")
  private @Nullable TimeSpan commandTimeout;

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Leave out what fits PATTERN.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--exclude-from",
      paramLabel = "FILE",
      description = "Leave out what fits a line of FILE; empty lines and # comments are skipped.")
  private List<Path> excludeFrom = new ArrayList<>();

  @Option(
      names = {"-x", "--one-file-system"},
      description = "Do not cross into other file systems below a PATH.")
  private boolean oneFileSystem;

  @Option(
      names = "--include-all",
      description =
          "Keep also what mail servers make again or nobody can use: queues, tmp folders, states of"
              + " services, caches, locks.")
  private boolean includeAll;

  /**
   * What the profiles find on this host.
   *
   * @throws UsageException where neither a path nor a profile was named
   */
  public ProfileChoice profiles() {
    if (profiles.isEmpty()) {
      if (paths.isEmpty() && commands.isEmpty()) {
        throw new UsageException(
            "Nothing was named to back up",
            "Name a PATH, or a --profile; --profile auto takes what it finds of a mail server.");
      }
      return ProfileChoice.NONE;
    }
    return ProfileChoice.of(profiles, profileOptions.profiles(), profileOptions.search());
  }

  /**
   * The commands whose output to store.
   *
   * @throws UsageException where one has no name, or that of another
   */
  public List<CommandOutput> commands() {
    Optional<Duration> timeout = Optional.ofNullable(commandTimeout).map(TimeSpan::duration);
    List<CommandOutput> outputs = new ArrayList<>();
    for (String text : commands) {
      int equals = text.indexOf('=');
      String name = text.substring(0, Math.max(0, equals));
      outputs.add(new CommandOutput(name, text.substring(equals + 1), timeout));
    }
    if (outputs.stream().map(CommandOutput::name).distinct().count() < outputs.size()) {
      throw new UsageException(
          "Two commands have one name", "Give each --command a NAME of its own.");
    }
    return outputs;
  }

  /** The paths that were named, absolute. */
  public List<RawPath> paths() {
    return paths.stream().map(SourceOptions::absolute).toList();
  }

  /** Whether to stay on the file systems of the sources. */
  public boolean oneFileSystem() {
    return oneFileSystem;
  }

  /** Whether nothing is left out by itself. */
  public boolean includeAll() {
    return includeAll;
  }

  /**
   * What the user leaves out.
   *
   * @throws UsageException where a pattern is none, or a file of patterns cannot be read
   */
  public List<PathPattern> patterns() {
    List<PathPattern> patterns = new ArrayList<>();
    exclude.forEach(pattern -> patterns.add(PathPattern.of(pattern)));
    for (Path file : excludeFrom) {
      try {
        RawText.decode(Files.readAllBytes(file))
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .forEach(line -> patterns.add(PathPattern.of(line)));
      } catch (IOException e) {
        throw new UsageException(
            "The file of patterns " + file + " cannot be read: " + e.getMessage(),
            "Check --exclude-from.",
            e);
      }
    }
    return patterns;
  }

  /** The options as they were written, to be shown with the snapshot. */
  public List<String> written() {
    List<String> options = new ArrayList<>();
    if (!profiles.isEmpty()) {
      options.add("--profile " + String.join(",", profiles));
    }
    commands().forEach(command -> options.add("--command " + command.name()));
    exclude.forEach(pattern -> options.add("--exclude " + pattern));
    excludeFrom.forEach(file -> options.add("--exclude-from " + file));
    if (oneFileSystem) {
      options.add("--one-file-system");
    }
    if (includeAll) {
      options.add("--include-all");
    }
    return options;
  }

  private static RawPath absolute(String path) {
    RawPath whole = WorkingDirectory.resolve(path);
    if (whole.names().stream().anyMatch(name -> name.is(".."))) {
      throw new UsageException("'" + RawPath.of(path) + "' has .. in it", "Name the path itself.");
    }
    return whole;
  }
}
