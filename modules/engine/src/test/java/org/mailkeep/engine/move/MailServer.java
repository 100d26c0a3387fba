package org.mailkeep.engine.move;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.TreeImage;

/** The files of a server with qmail and vpopmail, below a directory that stands for its root. */
final class MailServer {

  private final Path root;
  private final int vpopmail;

  MailServer(Path root, int vpopmail) throws IOException {
    this.root = root;
    this.vpopmail = vpopmail;
    Files.createDirectories(at("var/qmail/control"));
    Files.createDirectories(at("home/vpopmail/domains"));
    own(at("home/vpopmail"));
    write("var/qmail/users/assign", ".\n");
    write("var/qmail/control/me", "mx.example\n");
    write("var/qmail/control/locals", "localhost\nmx.example\n");
    write("var/qmail/control/rcpthosts", "localhost\n");
    write("var/qmail/control/virtualdomains", "");
  }

  Path root() {
    return root;
  }

  Path at(String path) {
    return root.resolve(path);
  }

  String read(String path) throws IOException {
    return Files.readString(at(path), ISO_8859_1);
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.writeString(at(path), text, ISO_8859_1);
  }

  private void append(String path, String text) throws IOException {
    write(path, read(path) + text);
  }

  /**
   * A domain with mailboxes.
   *
   * @param place its folder below domains, such as 0/example.com
   */
  MailServer domain(String name, String place, String... users) throws IOException {
    String home = "/home/vpopmail/domains/" + place;
    Path folder = Files.createDirectories(at(home.substring(1)));
    StringBuilder vpasswd = new StringBuilder();
    for (String user : users) {
      for (String part : new String[] {"cur", "new", "tmp"}) {
        Files.createDirectories(folder.resolve(user + "/Maildir/" + part));
      }
      Files.writeString(
          folder.resolve(user + "/Maildir/new/1700000000.1.mx,S=5"), "To: " + user + "\n");
      vpasswd.append(user).append(":$1$x:1:0:").append(user).append(':');
      vpasswd.append(home).append('/').append(user).append(":NOQUOTA\n");
    }
    Files.writeString(folder.resolve("vpasswd"), vpasswd);
    Files.writeString(
        folder.resolve(".qmail-default"),
        "| /home/vpopmail/bin/vdelivermail '' bounce-no-mailbox\n");
    Files.setAttribute(folder, "unix:mode", 0750);
    own(at("home/vpopmail/domains"));
    return lines(name, name, home);
  }

  /** Another name of a domain. */
  MailServer alias(String alias, String name, String place) throws IOException {
    return lines(alias, name, "/home/vpopmail/domains/" + place);
  }

  private MailServer lines(String name, String real, String home) throws IOException {
    String line = "+%s-:%s:%d:%d:%s:-::\n".formatted(name, real, vpopmail, vpopmail, home);
    write("var/qmail/users/assign", read("var/qmail/users/assign").replace(".\n", "") + line);
    if (!read("var/qmail/users/assign").endsWith("\n.\n")) {
      append("var/qmail/users/assign", ".\n");
    }
    append("var/qmail/control/rcpthosts", name + "\n");
    append("var/qmail/control/virtualdomains", name + ":" + name + "\n");
    return this;
  }

  /** Everything below belongs to vpopmail. */
  void own(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            return give(folder);
          }
        });
  }

  private FileVisitResult give(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", vpopmail, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", vpopmail, LinkOption.NOFOLLOW_LINKS);
    return FileVisitResult.CONTINUE;
  }

  /** All of it, but for the times of directories, locks and where it stands. */
  Map<String, String> image() {
    Map<String, String> image = new TreeMap<>(TreeImage.of(root));
    image.keySet().removeIf(path -> path.endsWith(".lock"));
    image.replaceAll(
        (_, text) -> text.startsWith("directory") ? text.replaceAll(" \\d+\\.\\d{9}", "") : text);
    return image;
  }

  /** What stands below this path, by paths from there. */
  Map<String, String> image(String below) {
    Map<String, String> part = new TreeMap<>();
    image()
        .forEach(
            (path, text) -> {
              if (path.equals(below) || path.startsWith(below + "/")) {
                part.put(path.substring(below.length()), text);
              }
            });
    return part;
  }
}
