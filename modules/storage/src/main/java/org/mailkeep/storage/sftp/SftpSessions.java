package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.StorageException;

/** One connection to a server at a time, and the channels on it. Safe for use by many threads. */
final class SftpSessions implements AutoCloseable {

  /** How many operations are under way at once. OpenSSH admits ten channels (MaxSessions). */
  static final int CHANNELS = 6;

  private static final Duration CONNECT_TIME = Duration.ofSeconds(20);
  private static final Duration LOGIN_TIME = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int LOST_HEARTBEATS = 4;

  private final SftpFolder folder;
  private final SftpSettings settings;
  private final Duration answerTime;
  private final Semaphore turns = new Semaphore(CHANNELS);
  private final ConcurrentLinkedDeque<SftpChannel> idle = new ConcurrentLinkedDeque<>();

  /** Kept, for each reading may ask the user or run a command for the passphrase. */
  private @Nullable List<KeyPair> keys;

  private @Nullable SshClient client;
  private @Nullable ClientSession session;

  /**
   * @param answerTime how long the server may take for any one answer
   */
  SftpSessions(SftpFolder folder, SftpSettings settings, Duration answerTime) {
    this.folder = folder;
    this.settings = settings;
    this.answerTime = answerTime;
  }

  /** What is done with a channel. */
  @FunctionalInterface
  interface Operation<T> {
    /** Does it; a status of the server's leaves the channel usable, any other failure does not. */
    T on(SftpChannel channel) throws IOException;
  }

  /** Does something on a channel of its own. */
  <T> T call(String task, Operation<T> operation) {
    return call(operation, e -> SftpFailure.of(folder, task, e));
  }

  private interface Failure {
    StorageException of(IOException e);
  }

  private <T> T call(Operation<T> operation, Failure failure) {
    SftpChannel channel = null;
    boolean usable = false;
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure.of(new InterruptedIOException("It was interrupted"));
    }
    try {
      channel = channel();
      T result = operation.on(channel);
      usable = true;
      return result;
    } catch (SftpException e) {
      usable = true;
      throw failure.of(e);
    } catch (IOException e) {
      throw failure.of(e);
    } finally {
      if (channel != null && usable && channel.isClean()) {
        idle.push(channel);
      } else if (channel != null) {
        channel.abandon();
      }
      turns.release();
    }
  }

  private SftpChannel channel() throws IOException {
    for (SftpChannel channel = idle.poll(); channel != null; channel = idle.poll()) {
      if (channel.isOpen()) {
        return channel;
      }
    }
    return new SftpChannel(
        SftpClientFactory.instance()
            .createSftpClient(
                session(), SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3)));
  }

  private synchronized ClientSession session() {
    ClientSession present = session;
    if (present != null && present.isOpen()) {
      return present;
    }
    List<KeyPair> pairs = keys == null ? PrivateKeys.read(settings) : keys;
    keys = pairs;
    KnownHosts hosts = new KnownHosts(folder, settings.knownHosts());
    SshClient connector = client(hosts);
    try {
      ClientSession made =
          connector
              .connect(
                  folder.user().orElse(System.getProperty("user.name")),
                  folder.host(),
                  folder.port())
              .verify(CONNECT_TIME)
              .getClientSession();
      session = made;
      for (KeyPair pair : pairs) {
        made.addPublicKeyIdentity(pair);
      }
      made.auth().verify(LOGIN_TIME);
      return made;
    } catch (IOException e) {
      if (session != null) {
        session.close(true);
      }
      Supplier<StorageException> other = () -> SftpFailure.connecting(folder, e);
      throw hosts.refusal().orElseGet(other);
    }
  }

  private SshClient client(KnownHosts hosts) {
    SshClient made = client;
    if (made == null) {
      made = SshClient.setUpDefaultClient();
      made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
      made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
      made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
      settings.agent().map(AgentSocket::at).ifPresent(made::setAgentFactory);
      CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
      CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, LOST_HEARTBEATS);
      CoreModuleProperties.IDLE_TIMEOUT.set(made, answerTime);
      client = made;
    }
    made.setServerKeyVerifier(hosts);
    made.setSignatureFactories(preferring(hosts.types(), made.getSignatureFactories()));
    if (!made.isStarted()) {
      made.start();
    }
    return made;
  }

  /**
   * A server has several keys and shows the one whose type the client likes best: that should be
   * one which is known. Certificates are not asked for.
   */
  private static List<NamedFactory<Signature>> preferring(
      List<String> types, List<NamedFactory<Signature>> all) {
    return all.stream()
        .filter(factory -> !factory.getName().contains("-cert-"))
        .sorted(
            Comparator.comparing(
                factory -> !types.contains(KeyUtils.getCanonicalKeyType(factory.getName()))))
        .toList();
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close(true);
    }
    if (client != null) {
      client.stop();
    }
  }
}
