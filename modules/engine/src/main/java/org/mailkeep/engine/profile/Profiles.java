package org.mailkeep.engine.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mailkeep.model.error.UsageException;

/**
 * All profiles there are: those that come with the program, and the files {@code NAME.toml} of a
 * folder, which add to them or stand in place of one with the same name.
 */
public final class Profiles {

  /** Not the name of a profile: all that find something. */
  public static final String AUTO = "auto";

  private static final List<String> SHIPPED =
      List.of(
          "qmail",
          "vpopmail",
          "courier",
          "authlib",
          "dovecot",
          "tcpserver",
          "daemontools",
          "maildir");

  private static final String SUFFIX = ".toml";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final int LARGEST = 1 << 20;

  private final SequencedMap<String, Text> texts = new LinkedHashMap<>();

  /** A profile before it is read. */
  private record Text(String origin, String toml) {}

  /**
   * The profiles of the program and of this folder, which need not exist.
   *
   * @throws UsageException where the folder has something that cannot be a profile
   */
  public static Profiles with(Path folder) {
    Profiles profiles = new Profiles();
    for (String name : SHIPPED) {
      profiles.texts.put(name, new Text("comes with mailkeep", shipped(name)));
    }
    profiles.texts.putAll(own(folder));
    return profiles;
  }

  /** Their names, the program's own first. */
  public List<String> names() {
    return List.copyOf(texts.keySet());
  }

  /**
   * The profile of this name.
   *
   * @throws UsageException where there is none, or it has a mistake
   */
  public Profile get(String name) {
    Text text = find(name);
    return ProfileFile.read(name, text.origin(), text.toml());
  }

  /** The text of a profile as it stands in its file. */
  public String toml(String name) {
    return find(name).toml();
  }

  private Text find(String name) {
    Text text = texts.get(name);
    if (text == null) {
      throw new UsageException(
          "There is no profile '" + name + "'",
          "There are " + String.join(", ", names()) + "; `auto` takes those that find something.");
    }
    return text;
  }

  private static String shipped(String name) {
    try (InputStream in = Profiles.class.getResourceAsStream(name + SUFFIX)) {
      if (in == null) {
        throw new IllegalStateException("profile " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, Text> own(Path folder) {
    SortedMap<String, Text> own = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        name = name.substring(0, name.length() - SUFFIX.length());
        if (!NAME.matcher(name).matches() || name.equals(AUTO)) {
          throw new UsageException(
              file + " cannot be a profile: its name is '" + name + "'",
              "Names have lower-case letters, digits and hyphens, and are not 'auto'.");
        }
        own.put(name, new Text(file.toString(), text(file)));
      }
    } catch (NoSuchFileException e) {
      return own;
    } catch (IOException e) {
      throw new UsageException(
          "The profiles in " + folder + " cannot be read: " + e.getMessage(),
          "Check the folder, or name another with --profiles-dir.",
          e);
    }
    return own;
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      throw new UsageException(
          file + " cannot be a profile: it is no file, or longer than 1 MiB", "Move it away.");
    }
    return Files.readString(file);
  }
}
