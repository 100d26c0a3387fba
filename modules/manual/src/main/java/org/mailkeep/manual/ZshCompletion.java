package org.mailkeep.manual;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for zsh: zshcompsys(1), {@code _arguments}. */
final class ZshCompletion {

  private ZshCompletion() {}

  static String of(CommandLine program) {
    StringBuilder script = new StringBuilder("#compdef mailkeep\n");
    script.append("# Completion of mailkeep for zsh; made from the program's own options.\n");
    for (CommandLine command : Commands.all(program)) {
      script.append(function(command));
    }
    return script.append("_mailkeep \"$@\"\n").toString();
  }

  private static String functionName(CommandLine command) {
    return "_" + Commands.name(command).replace(' ', '_').replace('-', '_');
  }

  private static String function(CommandLine command) {
    StringBuilder text = new StringBuilder(functionName(command)).append("() {\n");
    boolean hasCommands = !command.getSubcommands().isEmpty();
    if (hasCommands) {
      text.append("  local context state line\n  typeset -A opt_args\n");
    }
    text.append("  _arguments -s");
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        text.append(" \\\n    ").append(argument(option));
      }
    }
    if (!hasCommands) {
      return text.append(" \\\n    '*:file:_files'\n}\n").toString();
    }
    text.append(" \\\n    '1:command:->command' \\\n    '*::argument:->argument'\n");
    text.append("  case $state in\n    command)\n      local -a commands=(\n");
    command
        .getSubcommands()
        .forEach(
            (name, below) ->
                text.append("        ")
                    .append(quoted(name + ":" + FishCompletion.summary(below)))
                    .append('\n'));
    text.append("      )\n      _describe command commands\n      ;;\n    argument)\n");
    text.append("      case $words[1] in\n");
    command
        .getSubcommands()
        .forEach(
            (name, below) ->
                text.append("        %s) %s ;;\n".formatted(name, functionName(below))));
    return text.append("      esac\n      ;;\n  esac\n}\n").toString();
  }

  private static String argument(OptionSpec option) {
    String names = String.join(",", option.names());
    boolean several = option.names().length > 1;
    String described =
        "["
            + FishCompletion.firstSentence(option)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:")
            + "]"
            + value(option);
    if (!several) {
      return quoted("*" + suffixed(names, option) + described);
    }
    String all =
        Arrays.stream(option.names())
            .map(name -> suffixed(name, option))
            .collect(Collectors.joining(","));
    return "'*'{" + all + "}" + quoted(described);
  }

  private static String suffixed(String name, OptionSpec option) {
    return option.arity().max() > 0 && name.startsWith("--") ? name + "=" : name;
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = option.paramLabel().replace(":", "\\:");
    if (option.type().isEnum()) {
      return ":" + label + ":(" + FishCompletion.words(option.type()) + ")";
    }
    return ":" + label + ":" + (label.matches("FILE|DIR|PATH|PLACE") ? "_files" : "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
