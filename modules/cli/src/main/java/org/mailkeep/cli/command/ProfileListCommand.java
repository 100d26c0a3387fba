package org.mailkeep.cli.command;

import java.util.ArrayList;
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
import org.mailkeep.engine.profile.ProfileSearch;
import org.mailkeep.engine.profile.Profiles;
import org.mailkeep.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the profiles. */
@Command(
    name = "list",
    description = "List the profiles, and whether they find something on this host.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Files in /etc/mailkeep/profiles.d add profiles and replace those of the same name.",
      "",
      "Examples:",
      "  mailkeep profile list",
      "  mailkeep backup --profile vpopmail --profile qmail"
    })
public final class ProfileListCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final ProfileOptions options = new ProfileOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Prints to this terminal. */
  public ProfileListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Profiles profiles = options.profiles();
    ProfileSearch search = options.search();
    List<Map<String, Object>> listed = new ArrayList<>();
    if (!output.json()) {
      terminal.line(String.format("%-12s  %9s  %s", "Profile", "Found", "What"));
    }
    for (String name : profiles.names()) {
      Profile profile = profiles.get(name);
      long found =
          search.find(profile).stream().flatMap(part -> part.paths().stream()).distinct().count();
      if (output.json()) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("description", profile.description());
        members.put("origin", profile.origin());
        members.put("found", found);
        listed.add(members);
      } else {
        String paths = found == 0 ? "-" : Units.count(found, "path");
        terminal.line(String.format("%-12s  %9s  %s", name, paths, profile.description()));
      }
    }
    if (output.json()) {
      terminal.line(Json.of(Map.of("profiles", listed)));
    }
    return ExitCode.DONE;
  }
}
