package org.mailkeep.service.units;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.error.UsageException;

/**
 * A service that runs what is due, and a timer that starts it.
 *
 * @param program the program's file
 * @param configuration the configuration
 * @param state where this host's state is
 * @param writable other folders that are written to
 * @param remote whether anything is on another machine
 * @param foreign whether commands of the administrator's run: hooks, dumps, secrets
 * @param mails whether mail is sent
 * @param credentials that systemd shall give to the service
 * @param period of the timer
 */
public record SystemdUnits(
    Path program,
    Path configuration,
    Path state,
    List<Path> writable,
    boolean remote,
    boolean foreign,
    boolean mails,
    List<String> credentials,
    Duration period) {

  /** The service's file. */
  public static final String SERVICE = "mailkeep.service";

  /** The timer's file. */
  public static final String TIMER = "mailkeep.timer";

  private static final Path USUAL_STATE = Path.of("/var/lib/mailkeep");

  /** What the programs that sendmail stands for write to. */
  private static final List<String> QUEUES =
      List.of("/var/qmail/queue", "/var/spool/postfix", "/var/spool/exim4", "/var/log/exim4");

  /** Copies the lists. */
  public SystemdUnits {
    writable = List.copyOf(writable);
    credentials = List.copyOf(credentials);
    long minutes = period.toMinutes();
    if (minutes < 1 || minutes > 60 || 60 % minutes != 0 || period.toSecondsPart() != 0) {
      throw new UsageException(
          "The timer cannot start every " + period.toSeconds() + " seconds",
          "Give a part of an hour in whole minutes: 1m, 5m, 10m, 15m, 30m or 1h.");
    }
  }

  /** The text of the service. */
  public String service() {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by 'mailkeep install-units' for " + configuration + ": run it again when");
    lines.add(
        "# the places there change. For changes of your own: systemctl edit mailkeep.service");
    lines.add("[Unit]");
    lines.add("Description=Mailkeep: what is due of backups, copies and checks");
    if (remote) {
      lines.add("Wants=network-online.target");
      lines.add("After=network-online.target");
    }
    lines.add("");
    lines.add("[Service]");
    lines.add("Type=oneshot");
    lines.add("ExecStart=" + quoted(program) + " run --json --config=" + quoted(configuration));
    lines.add("# 3: done, but something could not be read. 'mailkeep status' says what.");
    lines.add("SuccessExitStatus=3");
    lines.add("TimeoutStopSec=60");
    lines.add("Nice=10");
    lines.add("IOSchedulingClass=idle");
    lines.add("Environment=LC_ALL=C.UTF-8");
    credentials.forEach(name -> lines.add("LoadCredential=" + name + ":/etc/credstore/" + name));
    lines.add("");
    lines.add("# What it may write to.");
    lines.add("ProtectSystem=strict");
    lines.add("ProtectHome=read-only");
    if (state.equals(USUAL_STATE)) {
      lines.add("StateDirectory=mailkeep");
      lines.add("StateDirectoryMode=0700");
    } else {
      lines.add("ReadWritePaths=-" + quoted(state));
    }
    writable.forEach(path -> lines.add("ReadWritePaths=-" + quoted(path)));
    if (mails) {
      QUEUES.forEach(queue -> lines.add("ReadWritePaths=-" + queue));
    }
    lines.add("PrivateTmp=yes");
    lines.add("UMask=0077");
    lines.add("");
    lines.addAll(closed());
    return String.join("\n", lines) + "\n";
  }

  private List<String> closed() {
    List<String> lines = new ArrayList<>();
    lines.add("# What it may do: read all files, and leave their times of access alone.");
    if (mails) {
      lines.add("# sendmail is setuid or setgid: without this mail does not go out.");
      lines.add(
          "CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_FOWNER CAP_DAC_OVERRIDE CAP_CHOWN"
              + " CAP_SETUID CAP_SETGID");
      lines.add("SystemCallFilter=@system-service");
    } else {
      lines.add("CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_FOWNER");
      lines.add("NoNewPrivileges=yes");
      lines.add("SystemCallFilter=@system-service");
      lines.add("SystemCallFilter=~@privileged");
    }
    lines.add("SystemCallErrorNumber=EPERM");
    lines.add("SystemCallArchitectures=native");
    if (remote || foreign || mails) {
      lines.add("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6");
    } else {
      lines.add("RestrictAddressFamilies=AF_UNIX");
      lines.add("IPAddressDeny=any");
      lines.add("PrivateNetwork=yes");
    }
    lines.addAll(
        List.of(
            "AmbientCapabilities=",
            "LockPersonality=yes",
            "PrivateDevices=yes",
            "PrivateMounts=yes",
            "ProtectClock=yes",
            "ProtectControlGroups=yes",
            "ProtectHostname=yes",
            "ProtectKernelLogs=yes",
            "ProtectKernelModules=yes",
            "ProtectKernelTunables=yes",
            "ProtectProc=invisible",
            "RemoveIPC=yes",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "RestrictSUIDSGID=yes",
            "KeyringMode=private"));
    return lines;
  }

  /** The text of the timer. */
  public String timer() {
    long minutes = period.toMinutes();
    return String.join(
        "\n",
        "# Written by 'mailkeep install-units'. What is due is decided by the configuration; where",
        "# nothing is, the run ends at once.",
        "[Unit]",
        "Description=Mailkeep: looks what is due",
        "",
        "[Timer]",
        "OnCalendar=" + (minutes == 60 ? "hourly" : "*:0/" + minutes),
        "Persistent=yes",
        "AccuracySec=10s",
        "RandomizedDelaySec=20s",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "");
  }

  /** A line for /etc/cron.d. */
  public String cron() {
    long minutes = period.toMinutes();
    return (minutes == 60 ? "0" : "*/" + minutes)
        + " * * * *  root  "
        + shell(program)
        + " run --quiet --config="
        + shell(configuration);
  }

  /** systemd.syntax(7) and systemd.unit(5): quotes, and percent signs twice. */
  private static String quoted(Path path) {
    String text = path.toString().replace("%", "%%");
    if (text.matches("[A-Za-z0-9_./%@:+,=-]+")) {
      return text;
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + "\"";
  }

  /** crontab(5): a percent sign is a line break unless it is escaped. */
  private static String shell(Path path) {
    return ShellWord.of(path.toString()).replace("%", "\\%");
  }
}
