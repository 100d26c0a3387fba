package org.mailkeep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.unix.ProcessEnd;

/**
 * Runs the usual commands one after the other in one virtual machine, over a small made-up mail
 * store, so that the launcher can record which classes they load and which methods are hot. The
 * recording makes every later start several times faster. No command leads here.
 */
final class Rehearsal {

  private static final int FOLDERS = 6;
  private static final int MESSAGES = 60;

  /** In one folder, which has leaves enough to be compared leaf by leaf. */
  private static final int MANY_MESSAGES = 900;

  /** Times closer to a scan than this do not tell the next one that nothing has changed. */
  private static final int CLOCK_GUARD_MILLIS = 2100;

  private static final int ATTACHMENT_BYTES = 200_000;
  private static final String[] WORDS =
      "the mail server received your message and will try again in one hour if you reply please"
          .split(" ");

  private final SplittableRandom random = new SplittableRandom(25);
  private final Terminal terminal;
  private final Path place;
  private final Path home;
  private final Path store;

  private Rehearsal(Path place, Terminal terminal) {
    this.terminal = terminal;
    this.place = place;
    this.home = place.resolve("home");
    this.store = home.resolve("vpopmail/domains/example.org/post/Maildir");
  }

  /** Works in the folder that the argument names, which should be new. */
  public static void main(String[] args)
      throws IOException, InterruptedException, IllegalAccessException {
    Locale.setDefault(Locale.ROOT);
    perform(Path.of(args[0]).toAbsolutePath(), Terminal.ofProcess());
    // The recording is written at an orderly end, so what ends the program at once is only loaded.
    MethodHandles.lookup().ensureInitialized(ProcessEnd.class);
    System.exit(ExitCode.DONE);
  }

  /**
   * Runs them all in this folder, which should be new.
   *
   * @throws IllegalStateException if one of them does not end as it should
   */
  static void perform(Path place, Terminal terminal) throws IOException, InterruptedException {
    new Rehearsal(place, terminal).perform();
  }

  private void perform() throws IOException, InterruptedException {
    Path password = Files.writeString(place.resolve("password"), "rehearsal\n");
    List<String> byKey = options("by-key", "--key-file", place.resolve("key.file"));
    List<String> byPassword = options("by-password", "--password-file", password);
    for (int folder = 0; folder < FOLDERS; folder++) {
      fill(folder, 0, MESSAGES);
    }
    fill(1, MESSAGES, MANY_MESSAGES);
    fillOrdinaryFolders();
    run(List.of(), "--version");
    run(List.of(), "--help");
    run(byPassword, "init");
    run(byPassword, "snapshots");
    run(byKey, "backup", "--init", home.toString());
    TimeUnit.MILLISECONDS.sleep(CLOCK_GUARD_MILLIS);
    run(byKey, "backup", home.toString());
    run(byKey, "backup", home.toString());
    setFlags();
    fill(0, MESSAGES, 2 * MESSAGES);
    run(byKey, "backup", home.toString());
    run(byKey, "backup", "--json", "--scan=full", "--tag=x", "--exclude=*.tmp", home.toString());
    run(byKey, "snapshots");
    run(byKey, "snapshots", "--json");
    run(byKey, "ls", "latest:" + store);
    run(byKey, "find", "*,S=*");
    run(byKey, "find", "-l", "--type=f", "--snapshot=latest", store + "/cur/*:2,");
    run(byKey, "find", "--json", "cur");
    run(byKey, "mailbox list");
    run(byKey, "mailbox log", "post@example.org");
    run(byKey, "mailbox search", "--from=sender7", "--since=2020-01-01");
    run(byKey, "mailbox search", "--json", "--mailbox=post@example.org", "--limit=50");
    run(byKey, "accounts script", "latest");
    run(byKey, "restore", "latest", "--target", place.resolve("restored").toString());
    run(byKey, "restore", "latest:" + store, "--target", place.resolve("mailbox").toString());
    run(byKey, "check", "--read-data");
    run(byKey, "stats");
    run(byKey, "status");
    run(byKey, "key list");
    run(byKey, "diff", "latest", "--live");
    run(byKey, "export", "latest:" + store, place.resolve("export.tar").toString());
    run(byKey, "forget", "--keep-last=2", "--dry-run");
    run(byKey, "rebuild-index");
    runByConfiguration();
  }

  private void runByConfiguration() throws IOException {
    Path file = place.resolve("mailkeep.toml");
    Files.writeString(
        file,
        "[[source]]\nname = \"mail\"\nevery = \"1h\"\npaths = [\""
            + home
            + "\"]\n[retention]\nkeep-daily = 7\n[check]\nevery = \"1d\"\n");
    List<String> options =
        Stream.of(
                List.of("--config", file.toString()),
                options("by-key", "--key-file", place.resolve("key.file")))
            .flatMap(List::stream)
            .toList();
    run(options, "run");
    run(options, "run", "--json");
    run(options, "run", "--dry-run");
    run(options, "status");
  }

  private List<String> options(String name, String secretOption, Path secret) {
    return List.of(
        "--repo",
        place.resolve(name).toString(),
        "--state-dir",
        place.resolve(name + ".state").toString(),
        secretOption,
        secret.toString());
  }

  private void run(List<String> options, String... command) {
    String[] arguments =
        Stream.of(
                List.of(command[0].split(" ", -1)),
                options,
                List.of(command).subList(1, command.length))
            .flatMap(List::stream)
            .toArray(String[]::new);
    int code = Main.run(arguments, terminal, new Cancellation());
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(command[0] + " ended with " + code);
    }
  }

  private Path folder(int number) throws IOException {
    Path folder = number == 0 ? store : store.resolve(".Folder " + number);
    Files.createDirectories(folder.resolve("new"));
    Files.createDirectories(folder.resolve("tmp"));
    return Files.createDirectories(folder.resolve("cur"));
  }

  private void fill(int number, int from, int to) throws IOException {
    Path current = folder(number);
    for (int i = from; i < to; i++) {
      byte[] message = message(i).getBytes(StandardCharsets.US_ASCII);
      String name = (1_700_000_000 + i) + ".M" + i + "P7.mail,S=" + message.length + ":2,";
      Files.write(current.resolve(name), message);
    }
  }

  /** What stands beside mail: each kind of name has its rule. */
  private void fillOrdinaryFolders() throws IOException {
    Path domain = home.resolve("vpopmail/domains/example.org");
    for (String name : List.of("vpasswd", ".qmail-default", "vpasswd.lock", "vpasswd.bak.4711")) {
      Files.writeString(domain.resolve(name), name);
    }
    Files.writeString(store.resolveSibling("lastauth"), "192.0.2.1");
    for (String name : List.of("subscriptions", "dovecot-uidlist", "maildirsize")) {
      Files.writeString(store.resolve(name), name);
    }
    Path control = Files.createDirectories(home.resolve("qmail/control"));
    Files.writeString(control.resolve("me"), "mail.example.org");
    Files.createSymbolicLink(control.resolve("locals"), Path.of("me"));
  }

  private void setFlags() throws IOException {
    try (Stream<Path> messages = Files.list(folder(1))) {
      messages.limit(MESSAGES).forEach(Rehearsal::markAsSeen);
    }
  }

  private static void markAsSeen(Path message) {
    try {
      Files.move(message, message.resolveSibling(message.getFileName() + "S"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String message(int number) {
    StringBuilder text = new StringBuilder();
    text.append("Return-Path: <sender").append(number).append("@example.net>\n");
    text.append("Delivered-To: post@example.org\n");
    text.append("Received: (qmail ").append(random.nextInt(9999)).append(" invoked by uid 89)\n");
    text.append("Message-ID: <").append(random.nextLong()).append("@example.net>\n");
    text.append("From: Sender ").append(number).append(" <sender").append(number);
    text.append("@example.net>\nTo: post@example.org\n");
    text.append("Date: ").append(1 + number % 28).append(" Nov 2026 10:00:00 +0100\n");
    text.append("Subject: ").append(words(5)).append("MIME-Version: 1.0\n");
    if (number % 6 != 0) {
      return text.append("\n").append(words(150 + random.nextInt(300))).toString();
    }
    byte[] attachment = new byte[random.nextInt(ATTACHMENT_BYTES)];
    random.nextBytes(attachment);
    text.append("Content-Type: multipart/mixed; boundary=\"next\"\n\n--next\n\n").append(words(50));
    text.append("\n--next\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n");
    text.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(attachment));
    return text.append("\n--next--\n").toString();
  }

  private String words(int count) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < count; i++) {
      line.append(WORDS[random.nextInt(WORDS.length)]).append(i % 12 == 11 ? "\n" : " ");
    }
    return line.toString().strip() + "\n";
  }
}
