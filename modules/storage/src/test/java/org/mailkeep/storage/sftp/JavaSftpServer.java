package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A server in this virtual machine: another implementation, and one without extensions. */
final class JavaSftpServer implements AutoCloseable {

  private final SshServer server;
  private final Path folder;

  private JavaSftpServer(SshServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Starts one.
   *
   * @param extensions whether it offers OpenSSH's extensions
   */
  static JavaSftpServer start(Path folder, boolean extensions) throws Exception {
    KeyPair host = pair("EC", new ECGenParameterSpec("secp256r1"));
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    if (!extensions) {
      SftpModuleProperties.OPENSSH_EXTENSIONS.set(server, "");
      SftpModuleProperties.CLIENT_EXTENSIONS.set(server, "");
    }
    server.start();
    JavaSftpServer started = new JavaSftpServer(server, folder);
    Files.writeString(
        started.knownHosts(),
        "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
    byte[] key =
        pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4))
            .getPrivate()
            .getEncoded();
    Files.writeString(
        started.key(),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");
    return started;
  }

  private static KeyPair pair(String type, AlgorithmParameterSpec parameters) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    generator.initialize(parameters);
    return generator.generateKeyPair();
  }

  int port() {
    return server.getPort();
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private Path key() {
    return folder.resolve("id");
  }

  SftpSettings settings() {
    return new SftpSettings(
        List.of(knownHosts()), List.of(key()), true, Optional::empty, Optional.empty());
  }

  SftpFolder folder(Path path) {
    return SftpFolder.parse("sftp://anybody@127.0.0.1:" + port() + path);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
