package org.mailkeep.cli.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.Units;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what a snapshot has. */
@Command(
    name = "ls",
    description = "List the files of a snapshot.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "SNAPSHOT is 'latest', the beginning of an id, or @TIME for the newest at or",
      "before a time. With --json, one object a line.",
      "",
      "Examples:",
      "  mailkeep ls latest:/home/vpopmail/domains",
      "  mailkeep ls -lR @2026-11-20T14:00:/var/qmail/control"
    })
public final class LsCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "SNAPSHOT[:/PATH]", description = "Where to look.")
  private String what = "";

  @Option(
      names = {"-l", "--long"},
      description = "With mode, numeric owner and group, size and time.")
  private boolean details;

  @Option(
      names = {"-R", "--recursive"},
      description = "With everything below.")
  private boolean recursive;

  /** Prints to this terminal. */
  public LsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SnapshotPart part = SnapshotPart.parse(what);
    try (OpenSnapshot open = OpenSnapshot.open(repository, part.snapshot(), terminal)) {
      SnapshotTree tree = open.tree();
      SnapshotTree.Found found = tree.require(part.path());
      if (found.entry().body() instanceof Body.Directory) {
        tree.walk(
            found,
            below -> {
              print(below);
              return recursive;
            });
      } else {
        print(found);
      }
    }
    return ExitCode.DONE;
  }

  private void print(SnapshotTree.Found found) {
    if (output.json()) {
      terminal.line(Json.of(json(found)));
    } else {
      boolean directory = found.entry().body() instanceof Body.Directory;
      String path = terminal.name(found.path().text()) + (directory ? "/" : "");
      terminal.line(details ? details(found.entry()) + " " + path + target(found) : path);
    }
  }

  private String target(SnapshotTree.Found found) {
    return found.entry().body() instanceof Body.SymbolicLink link
        ? " -> " + terminal.name(link.target().text())
        : "";
  }

  private static String details(Entry entry) {
    Metadata metadata = entry.metadata();
    return String.format(
        "%s %5s %5s %12s %s",
        ModeText.of(entry),
        Integer.toUnsignedString(metadata.uid()),
        Integer.toUnsignedString(metadata.gid()),
        entry.size(),
        Units.time(Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos())));
  }

  private static Map<String, Object> json(SnapshotTree.Found found) {
    Entry entry = found.entry();
    Metadata metadata = entry.metadata();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("path", found.path());
    members.put("type", ModeText.type(entry.body()));
    members.put("mode", String.format("%04o", metadata.mode()));
    members.put("uid", Integer.toUnsignedLong(metadata.uid()));
    members.put("gid", Integer.toUnsignedLong(metadata.gid()));
    members.put("size", entry.size());
    members.put(
        "mtime", Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos()).toString());
    if (entry.body() instanceof Body.SymbolicLink link) {
      members.put("target", link.target().text());
    }
    if (entry.body() instanceof Body.Directory directory) {
      members.put("files", directory.files());
    }
    return members;
  }
}
