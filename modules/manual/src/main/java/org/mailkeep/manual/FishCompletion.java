package org.mailkeep.manual;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mailkeep.cli.options.Words;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: complete(1). */
final class FishCompletion {

  private static final String HEAD =
      """
      # Completion of mailkeep for fish; made from the program's own options.
      function __mailkeep_at
          set -l words (commandline -opc)
          set -l path
          for word in $words[2..-1]
              string match -q -- '-*' $word; or set -a path $word
          end
          set -l wanted $argv
          test (count $wanted) -le (count $path); or return 1
          for i in (seq (count $wanted))
              test $wanted[$i] = $path[$i]; or return 1
          end
          return 0
      end
      function __mailkeep_end
          __mailkeep_at $argv; or return 1
          set -l words (commandline -opc)
          test (count (string match -rv -- '^-' $words[2..-1])) -eq (count $argv)
      end
      complete -c mailkeep -n '__mailkeep_end' -f
      """;

  private FishCompletion() {}

  static String of(CommandLine program) {
    StringBuilder script = new StringBuilder(HEAD);
    for (CommandLine command : Commands.all(program)) {
      String path = Commands.name(command).replaceFirst("^mailkeep ?", "");
      command
          .getSubcommands()
          .forEach(
              (name, below) ->
                  script.append(
                      "complete -c mailkeep -n '__mailkeep_end%s' -f -a %s -d %s\n"
                          .formatted(
                              path.isEmpty() ? "" : " " + path, name, quoted(summary(below)))));
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (!option.hidden()) {
          script.append(line(path, option));
        }
      }
    }
    return script.toString();
  }

  private static String line(String path, OptionSpec option) {
    StringBuilder line = new StringBuilder("complete -c mailkeep");
    line.append(path.isEmpty() ? "" : " -n '__mailkeep_at " + path + "'");
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
      if (option.type().isEnum()) {
        line.append(" -f -a ").append(quoted(words(option.type())));
      }
    }
    return line.append(" -d ").append(quoted(firstSentence(option))).append('\n').toString();
  }

  static String words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> Words.word((Enum<?>) constant))
        .collect(Collectors.joining(" "));
  }

  static String summary(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description())
        .replace("%%", "%");
  }

  /** Menus have room for one. */
  static String firstSentence(OptionSpec option) {
    String text = String.join(" ", option.description()).replace("%%", "%");
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end + 1);
    int aside = first.indexOf(" (");
    return (aside > 0 ? first.substring(0, aside) : first).strip();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
