package org.mailkeep.service.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailkeep.model.RawText;
import org.mailkeep.service.config.Hook;
import org.mailkeep.unix.ProcessTree;
import org.mailkeep.unix.ShellCommand;

/** Runs a hook. */
final class HookRun {

  private static final int LONGEST_LINE = 300;
  private static final int MOST_LINES = 200;

  /** What a child that outlives the hook may keep of its output open, in milliseconds. */
  private static final long LAST_WORDS_MILLIS = 2000;

  private HookRun() {}

  /**
   * Runs it to its end, or kills it with all that it started.
   *
   * @param facts more variables of its environment
   * @param says is told each line that it prints
   * @return what went wrong; empty where it ended with status 0
   */
  static Optional<String> run(Hook hook, Map<String, String> facts, Consumer<String> says) {
    String what = "the " + hook;
    ProcessBuilder builder =
        ShellCommand.of(hook.command())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(facts);
    try {
      Process process = builder.start();
      Thread listener =
          Thread.ofPlatform().daemon().name("hook-output").start(() -> listen(process, says));
      boolean ended = process.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        ProcessTree.kill(process.toHandle());
        int _ = process.waitFor();
      }
      listener.join(LAST_WORDS_MILLIS);
      if (!ended) {
        return Optional.of(what + " took longer than it may");
      }
      int status = process.exitValue();
      return status == 0 ? Optional.empty() : Optional.of(what + " ended with status " + status);
    } catch (IOException e) {
      return Optional.of(what + " could not be started");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(what + " was interrupted");
    }
  }

  private static void listen(Process process, Consumer<String> says) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (++count <= MOST_LINES) {
          String whole = RawText.display(line);
          says.accept(
              whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) + "…" : whole);
        }
      }
    } catch (IOException e) {
      // It was killed; nothing more can be heard.
    }
  }

  /** The facts about a step, as variables. */
  static Map<String, String> variables(String step, String name, Optional<Outcome> outcome) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("MAILKEEP_STEP", step);
    variables.put("MAILKEEP_STEP_NAME", name);
    outcome.ifPresent(
        ended -> {
          ended.facts().forEach((fact, value) -> variables.put(variable(fact), value));
          variables.put("MAILKEEP_STEP_RESULT", ended.result().name().toLowerCase(Locale.ROOT));
          variables.put("MAILKEEP_STEP_PROBLEM", ended.problem().orElse(""));
        });
    return variables;
  }

  /** {@code storedBytes} is MAILKEEP_STEP_STORED_BYTES. */
  private static String variable(String fact) {
    return "MAILKEEP_STEP_" + fact.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
