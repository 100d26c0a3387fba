package org.mailkeep.engine.move;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.ShellWord;

/** What must be done after the files and lines are in place, in this order. */
public sealed interface FollowUp {

  /** What must be in place before something is done. */
  enum Due {
    /** The lines of users/assign. */
    ASSIGNED,
    /** Those of locals and virtualdomains too. */
    VIRTUAL,
    /** Those of rcpthosts and morercpthosts too. */
    ACCEPTED,
    /** Everything, and all of it as it was. */
    COMPLETE
  }

  /** What must be in place before. */
  Due due();

  /** The commands for it, as a shell of the new server reads them. */
  List<String> commands();

  /**
   * Runs a program that compiles what the server reads.
   *
   * @param due what must be in place before
   * @param path the program
   * @param arguments what it is told
   */
  record Program(Due due, RawPath path, List<String> arguments) implements FollowUp {
    /** Copies the list. */
    public Program {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<String> commands() {
      List<String> words = new ArrayList<>(List.of(ShellWord.of(path.text())));
      words.addAll(arguments);
      return List.of(String.join(" ", words));
    }
  }

  /**
   * Lets qmail-send read virtualdomains and locals again.
   *
   * @param queue where it works
   */
  record HangUp(RawPath queue) implements FollowUp {
    /** The program. */
    static final String PROGRAM = "qmail-send";

    @Override
    public Due due() {
      return Due.VIRTUAL;
    }

    @Override
    public List<String> commands() {
      return List.of("pkill -HUP -x " + PROGRAM);
    }
  }

  /**
   * Lets mail into a domain.
   *
   * @param home its folder
   */
  record Release(RawPath home) implements FollowUp {
    @Override
    public Due due() {
      return Due.COMPLETE;
    }

    @Override
    public List<String> commands() {
      RawPath mark = home.resolve(HeldFolder.MARK);
      return List.of("chmod -t " + ShellWord.of(home.text()), "rm -f " + ShellWord.of(mark.text()));
    }
  }

  /** A program of qmail's or vpopmail's. */
  static Program program(Due due, RawPath home, String name, String... arguments) {
    RawPath bin = home.resolve(FileName.of("bin"));
    return new Program(due, bin.resolve(FileName.of(name)), List.of(arguments));
  }
}
