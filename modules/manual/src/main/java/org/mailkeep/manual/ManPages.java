package org.mailkeep.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailkeep.service.config.Sample;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page for each command, and one for the configuration. */
final class ManPages {

  private final String date;
  private final String source;

  /**
   * @param date as {@code 2026-11-26}
   * @param version of the program
   */
  ManPages(String date, String version) {
    this.date = date;
    this.source = "Mailkeep " + version;
  }

  /** All pages by the names of their files, such as {@code mailkeep-backup.1}. */
  Map<String, String> all(CommandLine program) {
    Map<String, String> pages = new LinkedHashMap<>();
    for (CommandLine command : Commands.all(program)) {
      pages.put(pageName(command) + ".1", page(command));
    }
    pages.put("mailkeep.toml.5", configuration());
    return pages;
  }

  private static String pageName(CommandLine command) {
    return Commands.name(command).replace(' ', '-');
  }

  private String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Roff page = new Roff(pageName(command).toUpperCase(java.util.Locale.ROOT), 1, date, source);
    String summary = text(spec.usageMessage().description());
    page.section("NAME").line(pageName(command) + " - " + withoutStop(summary));
    page.section("SYNOPSIS").example(synopsis(command));
    page.section("DESCRIPTION").paragraph(summary);
    List<List<String>> footer = paragraphs(spec.usageMessage().footer());
    footer.stream().filter(lines -> !isExample(lines)).forEach(lines -> prose(page, lines));
    commands(page, command);
    arguments(page, spec);
    List<List<String>> examples = footer.stream().filter(ManPages::isExample).toList();
    if (!examples.isEmpty()) {
      page.section("EXAMPLES");
      examples.forEach(lines -> page.example(withoutTitle(lines)));
    }
    page.section("SEE ALSO").line(seeAlso(command));
    return page.toString();
  }

  private static void prose(Roff page, List<String> lines) {
    if (lines.stream().anyMatch(line -> line.startsWith("  "))) {
      page.example(lines);
    } else {
      page.paragraph(String.join(" ", lines));
    }
  }

  private static void commands(Roff page, CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return;
    }
    page.section("COMMANDS");
    command
        .getSubcommands()
        .values()
        .forEach(
            below ->
                page.item(
                    below.getCommandName(),
                    text(below.getCommandSpec().usageMessage().description())));
  }

  private static void arguments(Roff page, CommandSpec spec) {
    List<OptionSpec> options = spec.options().stream().filter(o -> !o.hidden()).toList();
    List<PositionalParamSpec> positional =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (!positional.isEmpty()) {
      page.section("ARGUMENTS");
      positional.forEach(p -> page.item(p.paramLabel(), text(p.description())));
    }
    page.section("OPTIONS");
    for (OptionSpec option : options) {
      page.item(
          Arrays.stream(option.names())
                  .sorted((a, b) -> a.length() - b.length())
                  .collect(Collectors.joining(", "))
              + label(option),
          text(option.description()));
    }
  }

  private static String label(ArgSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : "=" + option.paramLabel();
  }

  private static List<String> synopsis(CommandLine command) {
    Help help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF));
    return help.synopsis(0).lines().toList();
  }

  private static String seeAlso(CommandLine command) {
    List<String> others = new ArrayList<>();
    CommandLine parent = command.getParent();
    if (parent != null) {
      others.add(pageName(parent) + "(1)");
    }
    command.getSubcommands().values().forEach(below -> others.add(pageName(below) + "(1)"));
    others.add("mailkeep.toml(5)");
    return String.join(", ", others);
  }

  private String configuration() {
    return new Roff("MAILKEEP.TOML", 5, date, source)
        .section("NAME")
        .line("mailkeep.toml - configuration of mailkeep(1)")
        .section("DESCRIPTION")
        .paragraph(
            "What to back up and when, where to, and who is told. /etc/mailkeep/mailkeep.toml for"
                + " root, ~/.config/mailkeep/mailkeep.toml for others; --config and MAILKEEP_CONFIG"
                + " name another file. All keys, as 'mailkeep config sample' prints them:")
        .example(Sample.text().stripTrailing().lines().toList())
        .section("SEE ALSO")
        .line("mailkeep(1), mailkeep-config(1), mailkeep-run(1), mailkeep-install-units(1)")
        .toString();
  }

  /** Descriptions are formats of {@link java.util.Formatter}: %% is a percent sign. */
  private static String text(String[] lines) {
    return String.join(" ", lines).replace("%%", "%").replace("%n", " ").strip();
  }

  private static String withoutStop(String summary) {
    return summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
  }

  private static List<List<String>> paragraphs(String[] lines) {
    List<List<String>> found = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String line : lines) {
      String plain = line.replace("%%", "%");
      if (plain.isBlank()) {
        if (!open.isEmpty()) {
          found.add(List.copyOf(open));
          open.clear();
        }
      } else {
        open.add(plain);
      }
    }
    if (!open.isEmpty()) {
      found.add(List.copyOf(open));
    }
    return found;
  }

  private static boolean isExample(List<String> lines) {
    return lines.getFirst().startsWith("Example") || lines.getFirst().startsWith("Begin with:");
  }

  private static List<String> withoutTitle(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String rest = line.startsWith("Example") ? line.substring(line.indexOf(':') + 1) : line;
      if (!rest.isBlank()) {
        kept.add(rest.strip());
      }
    }
    return kept;
  }
}
