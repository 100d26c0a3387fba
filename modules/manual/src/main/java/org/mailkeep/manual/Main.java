package org.mailkeep.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.mailkeep.service.config.Sample;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes all of it below a folder, in the places of the Filesystem Hierarchy Standard. */
public final class Main {

  private Main() {}

  /** {@code FOLDER VERSION DATE}: below FOLDER, which may be {@code /usr/share} of a package. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path share = Path.of(args[0]);
    CommandLine program = Commands.program();
    for (Map.Entry<String, String> page : new ManPages(args[2], args[1]).all(program).entrySet()) {
      String section = page.getKey().substring(page.getKey().length() - 1);
      write(share.resolve("man/man" + section).resolve(page.getKey()), page.getValue());
    }
    write(
        share.resolve("bash-completion/completions/mailkeep"),
        AutoComplete.bash("mailkeep", program));
    write(share.resolve("zsh/vendor-completions/_mailkeep"), ZshCompletion.of(program));
    write(share.resolve("fish/vendor_completions.d/mailkeep.fish"), FishCompletion.of(program));
    write(share.resolve("doc/mailkeep/examples/mailkeep.toml"), Sample.text());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
