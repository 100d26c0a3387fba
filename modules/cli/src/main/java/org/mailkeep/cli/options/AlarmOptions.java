package org.mailkeep.cli.options;

import org.mailkeep.engine.backup.MassChangeAlarm;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** When a backup warns that much has vanished or changed. */
public final class AlarmOptions {

  @Option(
      names = "--alarm",
      paramLabel = "PERCENT|off",
      description =
          "Warn when more than PERCENT of the files vanished or changed since the last snapshot"
              + " (default: 20).")
  private String percent = String.valueOf(MassChangeAlarm.DEFAULT.percent());

  @Option(
      names = "--alarm-files",
      paramLabel = "N",
      description = "And only when that were more than N files (default: 1000).")
  private long files = MassChangeAlarm.DEFAULT.files();

  /**
   * The alarm.
   *
   * @throws UsageException where the options make no sense
   */
  public MassChangeAlarm alarm() {
    if (percent.equals("off")) {
      return MassChangeAlarm.OFF;
    }
    String digits = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent;
    if (!digits.matches("[0-9]{1,2}|100") || files < 0) {
      throw new UsageException(
          "--alarm " + percent + " is not a share of the files",
          "Give 0 to 100, or off; and --alarm-files 0 or more.");
    }
    return new MassChangeAlarm(Integer.parseInt(digits), files, true);
  }
}
