package org.mailkeep.cli.command;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.ServeOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.copy.CopyRecord;
import org.mailkeep.engine.copy.CopyRecords;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.service.run.Overview;
import org.mailkeep.web.access.Secret;
import org.mailkeep.web.library.Library;
import org.mailkeep.web.page.Desk;
import org.mailkeep.web.page.WebPages;
import org.mailkeep.web.server.WebServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the repository in a browser. */
@Command(
    name = "serve",
    description = "Show the repository in a browser: state, snapshots, mailboxes, messages.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Prints an address with a token to log in with, and serves until it is stopped.",
      "Only this machine can reach it; from another one, come by a tunnel:",
      "  ssh -L 8765:127.0.0.1:8765 root@mail.example.org",
      "and open the address that was printed there.",
      "",
      "The page can change nothing, unless --allow-recover lets it put messages back",
      "into live mailboxes, as 'mailkeep mailbox recover' does. It shows the text of",
      "messages and runs or loads nothing of them. It has an index of its own, so",
      "that backups go on meanwhile; new snapshots appear within half a minute.",
      "",
      "/metrics has what 'mailkeep status --prometheus' writes.",
      "",
      "Examples:",
      "  mailkeep serve",
      "  mailkeep serve --allow-recover --listen 127.0.0.1:9000",
      "  mailkeep serve --token-file /etc/mailkeep/web.token \\",
      "    --behind-proxy https://backup.example.org"
    })
public final class ServeCommand implements Callable<Integer> {

  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final long TICK_MILLIS = 200;
  private static final int MOST_TOLD = 100;

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final ServeOptions serve = new ServeOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--allow-recover",
      description = "Let the page put messages back into live mailboxes.")
  private boolean allowRecover;

  /** Serves until asked to stop. */
  public ServeCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws Exception {
    if (output.quiet() && !serve.hasTokenFile()) {
      throw new UsageException(
          "With --quiet nobody would learn the token", "Add --token-file FILE.");
    }
    InetSocketAddress listen = serve.address();
    WebServer.Settings settings =
        new WebServer.Settings(listen, serve.token(), serve.origins(), serve.openMetrics());
    InstantSource clock = TimeSource.clock();
    Supplier<Optional<Overview>> plan = PlanStatus.watch(repository, terminal, clock);
    try (Repository open = new Opening(repository, terminal).open();
        HostState state = HostState.web(repository, open);
        Library library = new Library(open, state.database(), clock, new Watch(), cancellation)) {
      boolean _ = library.refresh();
      terminal.clearStatus();
      CopyRecords records = new CopyRecords(HostState.copies(repository, open), open.keys());
      Supplier<List<CopyRecord>> copies = () -> records.list(this::problem);
      Desk desk =
          new Desk(
              library,
              repository.location().toString(),
              copies,
              plan,
              HostName.ofThisMachine(),
              allowRecover,
              clock,
              ZoneId.systemDefault(),
              cancellation);
      try (WebServer server = WebServer.start(settings, new WebPages(desk), clock, this::problem)) {
        tell(server.address(), settings.token());
        keepUp(library, clock);
      }
    }
    return ExitCode.STOPPED;
  }

  private void problem(String text) {
    terminal.note("mailkeep: " + text);
  }

  private void tell(InetSocketAddress address, Secret token) {
    String host =
        address.getAddress() instanceof Inet6Address
            ? "[" + address.getAddress().getHostAddress().replaceAll("%.*", "") + "]"
            : address.getAddress().getHostAddress();
    String url = "http://" + host + ":" + address.getPort() + "/";
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("url", url);
      if (!serve.hasTokenFile()) {
        members.put("token", token.word());
      }
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.line(
          serve.hasTokenFile()
              ? "Log in at " + url + "login with the token in the file"
              : "Log in at " + url + "login#" + token.word());
      terminal.line(
          (allowRecover ? "Messages can be recovered by it" : "Read-only")
              + "; stop it with Ctrl-C.");
    }
    terminal.flush();
  }

  /** Brings the library up to date now and then; what is away is told once, until it is back. */
  private void keepUp(Library library, InstantSource clock) throws InterruptedException {
    Instant last = clock.instant();
    String told = "";
    while (!cancellation.isRequested()) {
      Thread.sleep(TICK_MILLIS);
      if (last.plus(PERIOD).isAfter(clock.instant())) {
        continue;
      }
      try {
        if (library.refresh()) {
          last = clock.instant();
          told = "";
        }
      } catch (Cancellation.CancelledException e) {
        return;
      } catch (MailkeepException e) {
        last = clock.instant();
        if (!told.equals(e.getMessage())) {
          told = e.getMessage();
          problem(told);
        }
      }
    }
  }

  private final class Watch implements HistoryUpdate.Observer {
    /** What is damaged is met again each time. */
    private final Set<String> told = new HashSet<>();

    @Override
    public void noting(int done, int all) {
      if (!output.quiet()) {
        terminal.status(
            "Reading the message history: " + done + " of " + Units.count(all, "snapshot"));
      }
    }

    @Override
    public void damaged(MailkeepException problem) {
      if (told.size() < MOST_TOLD && told.add(problem.getMessage())) {
        ServeCommand.this.problem(problem.getMessage());
      }
    }
  }
}
