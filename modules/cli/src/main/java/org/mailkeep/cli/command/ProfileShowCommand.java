package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.ProfileOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.profile.Profile;
import org.mailkeep.engine.profile.ProfileSearch.Found;
import org.mailkeep.engine.profile.Profiles;
import org.mailkeep.model.RawText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains one profile. */
@Command(
    name = "show",
    description = "Show where a profile looks, why, and what it finds on this host.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mailkeep profile show vpopmail",
      "  mailkeep profile show qmail --toml > /etc/mailkeep/profiles.d/qmail.toml"
    })
public final class ProfileShowCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final ProfileOptions options = new ProfileOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", description = "The profile.")
  private String name = "";

  @Option(names = "--toml", description = "Print the profile's file, to begin your own with.")
  private boolean toml;

  /** Prints to this terminal. */
  public ProfileShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Profiles profiles = options.profiles();
    if (toml) {
      byte[] text = RawText.encode(profiles.toml(name));
      terminal.bytes(text, 0, text.length);
      return ExitCode.DONE;
    }
    Profile profile = profiles.get(name);
    List<Found> parts = options.search().find(profile);
    if (output.json()) {
      terminal.line(Json.of(json(profile, parts)));
      return ExitCode.DONE;
    }
    terminal.line(name + ": " + profile.description());
    terminal.line("(" + profile.origin() + ")");
    parts.forEach(this::tell);
    return ExitCode.DONE;
  }

  private void tell(Found part) {
    terminal.line("");
    terminal.line(part.part().place().toString());
    terminal.line("    " + part.part().why());
    part.part().without().forEach(pattern -> terminal.line("    without " + pattern));
    part.paths().forEach(path -> terminal.line("  * " + path));
    if (part.paths().isEmpty()) {
      terminal.line("  - not here");
    }
  }

  private static Map<String, Object> json(Profile profile, List<Found> parts) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", profile.name());
    members.put("description", profile.description());
    members.put("origin", profile.origin());
    members.put("parts", parts.stream().map(ProfileShowCommand::json).toList());
    return members;
  }

  private static Map<String, Object> json(Found part) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("place", part.part().place().toString());
    members.put("why", part.part().why());
    members.put("without", part.part().without());
    members.put("found", part.paths());
    return members;
  }
}
