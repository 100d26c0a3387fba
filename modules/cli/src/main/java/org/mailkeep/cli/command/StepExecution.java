package org.mailkeep.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.RawText;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.run.Outcome;
import org.mailkeep.service.run.Outcome.Result;
import org.mailkeep.service.run.StepCommands;

/**
 * Runs the commands of steps in this virtual machine, and takes what they tell from their JSON and
 * their standard error.
 */
final class StepExecution implements StepCommands {

  private static final String OWN = "mailkeep: ";

  private final List<String> options;
  private final Consumer<String> says;
  private final Cancellation cancellation;

  /**
   * @param options that every command gets
   * @param says is told each line of their standard error
   */
  StepExecution(List<String> options, Consumer<String> says, Cancellation cancellation) {
    this.options = List.copyOf(options);
    this.says = says;
    this.cancellation = cancellation;
  }

  @Override
  public Outcome perform(Step step) {
    // What forget tells grows with the snapshots, and nobody asks for it here.
    String form = step.kind() == Step.Kind.FORGET ? "--quiet" : "--json";
    Ended ended = run(step.arguments(), form, says);
    Map<String, String> facts = facts(ended.members());
    if (ended.code() == ExitCode.DONE) {
      return new Outcome(Result.DONE, Optional.empty(), facts);
    }
    String problem = "false".equals(facts.get("sound")) ? damage(facts) : ended.problem();
    Result result = ended.code() == ExitCode.INCOMPLETE ? Result.INCOMPLETE : Result.FAILED;
    return new Outcome(result, Optional.of(problem), facts);
  }

  private static String damage(Map<String, String> facts) {
    return "the repository is damaged ("
        + facts.getOrDefault("damagedObjects", "?")
        + " objects, "
        + facts.getOrDefault("lostFiles", "?")
        + " files); nothing is forgotten or pruned until a check finds it whole";
  }

  /** The size of the repository in bytes, if it can be known. */
  Optional<Long> repositorySize() {
    Ended ended = run(List.of("stats"), "--json", _ -> {});
    return Optional.ofNullable(ended.members().get("totalBytes"))
        .map(Object::toString)
        .map(Long::valueOf);
  }

  private record Ended(int code, Map<String, Object> members, String problem) {}

  private Ended run(List<String> command, String form, Consumer<String> hears) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command.getFirst());
    arguments.add(form);
    arguments.addAll(options);
    arguments.addAll(command.subList(1, command.size()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Lines err = new Lines(hears);
    int code = Execution.of(arguments, Terminal.ofPipes(out, err), cancellation);
    return new Ended(
        code,
        Json.read(out.toString(StandardCharsets.UTF_8)),
        err.first.orElse("it ended with exit code " + code));
  }

  /** Texts and numbers; of lists their length, and of the one copy that a step makes its facts. */
  private static Map<String, String> facts(Map<String, Object> members) {
    Map<String, String> facts = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            if (name.equals("copies")
                && list.size() == 1
                && list.getFirst() instanceof Map<?, ?> m) {
              m.forEach((key, fact) -> put(facts, String.valueOf(key), fact));
            }
          } else {
            put(facts, name, value);
          }
        });
    return facts;
  }

  private static void put(Map<String, String> facts, String name, Object value) {
    if (value instanceof String text) {
      facts.put(name, text);
    } else if (value instanceof List<?> list) {
      facts.put(name, String.valueOf(list.size()));
    }
  }

  /** Standard error by lines, of which the first that the program itself wrote is kept. */
  private static final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> hears;
    private Optional<String> first = Optional.empty();

    Lines(Consumer<String> hears) {
      this.hears = hears;
    }

    @Override
    public synchronized void write(int b) {
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = RawText.display(RawText.decode(line.toByteArray()));
      line.reset();
      if (first.isEmpty() && text.startsWith(OWN)) {
        first = Optional.of(text.substring(OWN.length()));
      }
      hears.accept(text);
    }
  }
}
