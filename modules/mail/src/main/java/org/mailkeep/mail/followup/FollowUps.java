package org.mailkeep.mail.followup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mailkeep.mail.followup.FollowUp.Topic;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.ShellWord;

/**
 * Is told which files came back, and knows what is to be done then. Holds some of each kind, so
 * that any number can come back. Safe for use by many threads.
 */
public final class FollowUps {

  private static final int KEPT = 1000;

  private final Map<Topic, Commands> topics = new EnumMap<>(Topic.class);
  private final TreeSet<RawPath> qmails = new TreeSet<>();

  private static final class Commands {
    private final TreeSet<String> first = new TreeSet<>();
    private long count;
  }

  /**
   * A file came back.
   *
   * @param path where it stands on the system that it is for
   * @param link whether it is a symbolic link
   */
  public void note(RawPath path, boolean link) {
    List<FileName> names = path.names();
    if (names.size() < 2) {
      return;
    }
    FileName name = names.getLast();
    FileName folder = names.get(names.size() - 2);
    if (folder.is("control")) {
      control(names, name);
    } else if (name.is("assign") && folder.is("users")) {
      qmail(names);
      add(Topic.ASSIGN, ShellWord.of(above(names, 2)) + "/bin/qmail-newu");
    } else if (name.is("qmail-queue") && folder.is("bin")) {
      qmail(names);
    } else if (name.is("vpasswd")) {
      add(Topic.VPASSWD, vmkpasswd(names) + " " + ShellWord.of(folder.text()));
    } else if (name.is("maildirsize")) {
      add(Topic.QUOTA, "");
    } else if (folder.is("etc") && (name.is("vpopmail.mysql") || name.is("vpopmail.pgsql"))) {
      add(Topic.DATABASE, "");
    } else if (isService(names, link)) {
      add(Topic.SERVICES, "");
    }
    if (isTcpRules(names)) {
      String rules = ShellWord.of(path.text());
      add(Topic.TCP_RULES, "tcprules " + rules + ".cdb " + rules + ".tmp < " + rules);
    }
  }

  private void control(List<FileName> names, FileName name) {
    if (name.is("me")) {
      qmail(names);
      add(Topic.QUEUE, "");
    } else if (name.is("morercpthosts")) {
      add(Topic.MORERCPTHOSTS, ShellWord.of(above(names, 2)) + "/bin/qmail-newmrh");
    } else if (name.is("locals") || name.is("virtualdomains")) {
      add(Topic.RELOAD, "");
    }
  }

  private void qmail(List<FileName> names) {
    synchronized (topics) {
      if (qmails.size() < KEPT) {
        qmails.add(RawPath.of(above(names, 2)));
      }
    }
    add(Topic.ACCOUNTS, "");
  }

  /** {@code run} of a service, or the link by which svscan finds one. */
  private static boolean isService(List<FileName> names, boolean link) {
    int size = names.size();
    if (link) {
      return names.get(size - 2).is("service");
    }
    return size > 2
        && names.get(size - 1).is("run")
        && (names.get(size - 3).is("supervise") || names.get(size - 3).is("service"));
  }

  /** Where the guides to qmail put the rules: /etc/tcp, /etc/tcprules.d, files named tcp.*. */
  private static boolean isTcpRules(List<FileName> names) {
    FileName name = names.getLast();
    FileName folder = names.get(names.size() - 2);
    boolean compiled = name.endsWith(".cdb") || name.endsWith(".tmp");
    boolean ownFolder = folder.is("tcp") || folder.is("tcprules.d");
    boolean named = name.startsWith("tcp.") && (folder.is("etc") || folder.is("control"));
    return !compiled && !name.is("Makefile") && (ownFolder || named);
  }

  /** vpopmail's programs are beside its {@code domains}. */
  private static String vmkpasswd(List<FileName> names) {
    for (int i = names.size() - 3; i > 0; i--) {
      if (names.get(i).is("domains")) {
        return ShellWord.of(above(names, names.size() - i)) + "/bin/vmkpasswd";
      }
    }
    return "vmkpasswd";
  }

  private static String above(List<FileName> names, int levels) {
    RawPath path = RawPath.ROOT;
    for (FileName name : names.subList(0, names.size() - levels)) {
      path = path.resolve(name);
    }
    return path.text();
  }

  private void add(Topic topic, String command) {
    synchronized (topics) {
      Commands commands = topics.computeIfAbsent(topic, _ -> new Commands());
      commands.count++;
      if (!command.isEmpty() && commands.first.size() < KEPT) {
        commands.first.add(command);
      }
    }
  }

  /**
   * What is to be done, in order.
   *
   * @param snapshot how the program's own commands name the snapshot
   * @param hasQueue whether there is a queue in this folder by now
   */
  public List<FollowUp> list(String snapshot, Predicate<RawPath> hasQueue) {
    synchronized (topics) {
      List<FollowUp> list = new ArrayList<>();
      topics.forEach(
          (topic, noted) -> {
            switch (topic) {
              case ACCOUNTS -> list.add(new FollowUp(topic, accountChecks(snapshot), 0));
              case QUEUE -> {
                List<String> inits = queueInits(hasQueue);
                if (!inits.isEmpty()) {
                  list.add(new FollowUp(topic, inits, 0));
                }
              }
              case RELOAD -> list.add(new FollowUp(topic, List.of("pkill -HUP -x qmail-send"), 0));
              case DATABASE, QUOTA, SERVICES -> list.add(new FollowUp(topic, List.of(), 0));
              default ->
                  list.add(
                      new FollowUp(
                          topic, List.copyOf(noted.first), noted.count - noted.first.size()));
            }
          });
      return list;
    }
  }

  private List<String> accountChecks(String snapshot) {
    return qmails.stream()
        .map(
            home -> "mailkeep accounts check " + snapshot + " --qmail " + ShellWord.of(home.text()))
        .toList();
  }

  private List<String> queueInits(Predicate<RawPath> hasQueue) {
    return qmails.stream()
        .map(home -> home.resolve(FileName.of("queue")))
        .filter(queue -> !hasQueue.test(queue))
        .map(queue -> "mailkeep queue init " + ShellWord.of(queue.text()))
        .toList();
  }
}
