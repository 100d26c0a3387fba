package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.mailkeep.unix.Sandbox.content;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.SystemCallException;

/** What a test runs in a JVM of its own: the first argument says which part. */
final class Child {

  private Child() {}

  /** Runs a shell script in which {@code $child} is the command that starts this class. */
  static String run(Map<String, String> environment, String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    String java = ProcessHandle.current().info().command().orElse("java");
    String classes = System.getProperty("java.class.path", "");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    builder
        .environment()
        .put(
            "child",
            java
                + " --enable-native-access=ALL-UNNAMED -cp "
                + classes
                + " "
                + Child.class.getName());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    process.waitFor();
    return output.strip();
  }

  public static void main(String[] args) throws Exception {
    List<String> exact = RawArguments.of(args);
    switch (args[0]) {
      case "names" -> names(RawPath.of(exact.get(1)));
      case "unprivileged" -> unprivileged(RawPath.of(exact.get(1)));
      case "priority" -> priority();
      case "terminal" -> say(Terminal.isTerminal(1) + " " + Terminal.width(1).orElse(-1));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void names(RawPath path) {
    say(System.getProperty("sun.jnu.encoding"));
    say(hex(path.names().getLast()));
    try (Directory directory = Directory.open(path)) {
      FileName made = FileName.of(new byte[] {(byte) 0xfc, '\n', (byte) 0xff});
      file(directory, made, "made");
      for (DirectoryEntry entry : directory.list()) {
        say(hex(entry.name()) + " " + content(directory, entry.name()));
      }
      directory.unlink(made);
    }
  }

  private static void unprivileged(RawPath path) {
    Credentials credentials = Credentials.current();
    say(credentials.effectiveUid() + " " + credentials.mayReadAll());
    try (Directory directory = Directory.open(path)) {
      say(content(directory, name("readable")));
      say("open " + errno(() -> directory.openFile(name("secret"))));
      say("mode " + errno(() -> directory.mode(name("readable"), 0)));
      say("owner " + errno(() -> directory.owner(name("readable"), 1, 1)));
    }
  }

  /** Without AssertJ, whose jar this user may be unable to read. */
  private static int errno(Runnable call) {
    try {
      call.run();
      return 0;
    } catch (SystemCallException e) {
      return e.errno();
    }
  }

  private static void priority() throws Exception {
    NativeFunction ask =
        NativeFunction.systemCall("ioprio_get", Architecture.CURRENT.ioprioSet + 1);
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      waiting(end);
    }
    Priority.nice(19);
    Priority.idleDisk();
    waiting(end);
    try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"), ISO_8859_1);
        // The nice value is field 19; the second field, in brackets, may hold spaces.
        String nice = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16];
        int id = Integer.parseInt(thread.getFileName().toString());
        int disk = CallFrame.current().call(ask, 1, id, 0, 0, 0);
        say("nice " + nice + ", disk class " + (disk >> 13));
      }
    }
    end.countDown();
  }

  private static void waiting(CountDownLatch end) {
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static String hex(FileName name) {
    return HexFormat.of().formatHex(name.bytes());
  }

  private static void say(String text) {
    System.out.println(RawText.display(text));
  }
}
