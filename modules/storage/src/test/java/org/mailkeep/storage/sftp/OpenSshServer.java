package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** OpenSSH's server on the loopback interface, with keys and a configuration of its own. */
public final class OpenSshServer {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private OpenSshServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Whether it is installed (Debian: openssh-server). */
  public static boolean isInstalled() {
    return Files.isExecutable(SSHD);
  }

  /** Starts one that keeps its files in this folder; {@code more} are lines of sshd_config(5). */
  public static OpenSshServer start(Path folder, String... more) throws Exception {
    OpenSshServer server = new OpenSshServer(folder, freePort());
    server.makeKey("host_ed25519", "ed25519", "");
    server.makeKey("host_rsa", "rsa", "");
    server.makeKey("id", "ed25519", "");
    Files.copy(server.file("id.pub"), server.file("authorized_keys"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + server.port,
                "ListenAddress 127.0.0.1",
                "HostKey " + server.file("host_ed25519"),
                "HostKey " + server.file("host_rsa"),
                "AuthorizedKeysFile " + server.file("authorized_keys"),
                "PidFile " + server.file("pid"),
                "PermitRootLogin prohibit-password",
                "PasswordAuthentication no",
                "UsePAM no",
                "StrictModes no"));
    lines.addAll(List.of(more));
    if (lines.stream().noneMatch(line -> line.startsWith("Subsystem"))) {
      lines.add("Subsystem sftp internal-sftp");
    }
    Files.write(server.file("sshd_config"), lines);
    Files.writeString(server.knownHosts(), server.hostLine("host_ed25519"));
    // Where sshd runs as root, it wants this folder; the package's service makes it.
    if (Files.isWritable(Path.of("/run"))) {
      Files.createDirectories(
          Path.of("/run/sshd"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    server.run();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Makes a key pair in a file of this name. */
  public final Path makeKey(String name, String type, String passphrase) throws Exception {
    Path key = file(name);
    Process made =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "", "-f", key.toString())
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("ssh-keygen failed");
    }
    return key;
  }

  /** Starts it, again or for the first time. */
  public void run() throws Exception {
    Process started =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", file("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file("log").toFile()))
            .start();
    process = Optional.of(started);
    for (int i = 0; i < 200 && started.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IOException("sshd does not run: " + Files.readString(file("log")));
  }

  /** Ends the server and all its connections. */
  public void kill() throws InterruptedException {
    cutConnections();
    if (process.isPresent()) {
      boolean _ = process.get().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Ends its connections; new ones are accepted. */
  public void cutConnections() {
    process.ifPresent(one -> one.descendants().forEach(ProcessHandle::destroyForcibly));
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** A file beside the server's. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The known_hosts file with the server's key. */
  public Path knownHosts() {
    return file("known_hosts");
  }

  /** A line of known_hosts with a public key. */
  public String hostLine(String key) throws IOException {
    return "[127.0.0.1]:" + port + " " + Files.readString(file(key + ".pub"));
  }

  /** A location below the root folder of this machine. */
  public String location(Path path) {
    return "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + port + path;
  }

  SftpSettings settings() {
    return settings(file("id"));
  }

  SftpSettings settings(Path key) {
    return new SftpSettings(
        List.of(knownHosts()), List.of(key), true, Optional::empty, Optional.empty());
  }
}
