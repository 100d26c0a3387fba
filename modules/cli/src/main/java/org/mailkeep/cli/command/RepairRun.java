package org.mailkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.repair.RepairObserver;
import org.mailkeep.engine.verify.PackChecks;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;

/**
 * The repository open for a repair, with this host's state held so that no backup of this host runs
 * beside it, and what is told meanwhile.
 */
final class RepairRun implements RepairObserver, AutoCloseable {

  private static final int EXAMPLES = 1000;

  private final Terminal terminal;
  private final RepairOptions options;
  private final Repository repository;
  private final HostState state;
  private final HostState checks;
  private final Progress progress;
  private final List<Map<String, Object>> findings = new ArrayList<>();
  private long count;

  private RepairRun(
      Terminal terminal,
      RepairOptions options,
      Repository repository,
      HostState state,
      HostState checks) {
    this.terminal = terminal;
    this.options = options;
    this.repository = repository;
    this.state = state;
    this.checks = checks;
    this.progress = new Progress(terminal, options.output().quiet() || options.output().json());
  }

  static RepairRun begin(RepairOptions options, Terminal terminal) {
    Repository repository = new Opening(options.repository(), terminal).open();
    // A repair tells by itself what it mends.
    repository.packs().onMended(_ -> {});
    HostState state = HostState.own(options.repository(), repository);
    HostState checks = HostState.checks(options.repository(), repository, terminal);
    return new RepairRun(terminal, options, repository, state, checks);
  }

  Repository repository() {
    return repository;
  }

  HostState state() {
    return state;
  }

  PackChecks checks() {
    return new PackChecks(checks.database());
  }

  @Override
  public void stage(String what) {
    progress.current(what);
  }

  @Override
  public void found(String object, String problem) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("object", object);
    members.put("problem", problem);
    tell(members, object + ": " + problem);
  }

  @Override
  public void lost(ObjectId snapshot, RawPath path, String problem) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", snapshot.shortForm());
    members.put("path", path);
    members.put("problem", problem);
    tell(members, "LOST  " + snapshot.shortForm() + ":" + terminal.name(path.text()));
  }

  private void tell(Map<String, Object> members, String line) {
    count++;
    if (options.output().json()) {
      if (findings.size() < EXAMPLES) {
        findings.add(members);
      }
    } else {
      terminal.clearStatus();
      terminal.line(line);
    }
  }

  /** What it comes to: members of the JSON object, or the lines of text. */
  void sum(Map<String, Object> members, List<String> lines) {
    progress.end();
    if (options.output().json()) {
      Map<String, Object> all = new LinkedHashMap<>(members);
      all.put("dryRun", options.dryRun());
      all.put("findings", count);
      all.put("found", findings);
      terminal.line(Json.of(all));
    } else if (!options.output().quiet()) {
      lines.forEach(terminal::line);
      if (options.dryRun()) {
        terminal.line("Nothing was changed (--dry-run).");
      }
    }
  }

  @Override
  public void close() {
    progress.close();
    checks.close();
    state.close();
    repository.close();
  }
}
