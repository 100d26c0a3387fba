package org.mailkeep.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailkeep.model.RawText;

/**
 * The command line as it was typed. The JVM decodes arguments in the locale's charset, and bytes
 * that have no meaning there are lost; under cron, with no locale at all, these are all but ASCII.
 */
public final class RawArguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /**
   * The arguments as lossless text ({@link RawText}): the last {@code args.length} of this
   * process's command line, proc(5), or {@code args} itself where these do not belong together.
   */
  public static List<String> of(String[] args) {
    try {
      return of(args, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      return List.of(args);
    }
  }

  static List<String> of(String[] args, byte[] commandLine) {
    List<String> all = split(commandLine);
    if (all.size() < args.length) {
      return List.of(args);
    }
    List<String> last = List.copyOf(all.subList(all.size() - args.length, all.size()));
    for (int i = 0; i < args.length; i++) {
      if (isAscii(last.get(i)) && !last.get(i).equals(args[i])) {
        return List.of(args);
      }
    }
    return last;
  }

  private static List<String> split(byte[] commandLine) {
    List<String> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        arguments.add(RawText.decode(Arrays.copyOfRange(commandLine, start, i)));
        start = i + 1;
      }
    }
    return arguments;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
