package org.mailkeep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** Name and version of the program, from the build. */
public final class Version implements CommandLine.IVersionProvider {

  /** Such as {@code mailkeep 0.1.0}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A jar that cannot be read would not have come this far.
    }
    return "mailkeep " + properties.getProperty("version", "(unknown version)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
