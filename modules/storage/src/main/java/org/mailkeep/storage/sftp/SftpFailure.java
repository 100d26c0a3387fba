package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.StorageException;

/** Turns what the server and the SSH library say into what a person can act on. */
final class SftpFailure {

  private SftpFailure() {}

  /** For an operation that failed; {@code task} is such as {@code store packs/4f/4f21}. */
  static StorageException of(SftpFolder folder, String task, IOException e) {
    String sentence = "Cannot " + task + " in " + folder + ": ";
    if (!(e instanceof SftpException status)) {
      return new StorageException(
          sentence + reason(e), "Check the network and that the server runs.", e);
    }
    return switch (status.getStatus()) {
      case SftpConstants.SSH_FX_PERMISSION_DENIED ->
          StorageException.lasting(
              sentence + "Permission denied",
              "The user there must own " + folder.path() + ", or the server forbids this.");
      case SftpConstants.SSH_FX_NO_SUCH_FILE ->
          StorageException.lasting(
              sentence + "No such file or directory",
              "Is the disk of " + folder.path() + " mounted on the server?");
      case SftpConstants.SSH_FX_CONNECTION_LOST, SftpConstants.SSH_FX_NO_CONNECTION ->
          new StorageException(sentence + "The connection was lost", "Check the network.", e);
      case SftpConstants.SSH_FX_FAILURE ->
          StorageException.lasting(
              sentence + said(status),
              "The server does not say why: look whether its disk or a quota is full, or it is"
                  + " mounted for reading only.");
      default -> StorageException.lasting(sentence + said(status), "Look into the server's log.");
    };
  }

  private static String said(SftpException e) {
    String name = SftpConstants.getStatusName(e.getStatus());
    return e.getMessage() == null || e.getMessage().isEmpty()
        ? name
        : RawText.display(e.getMessage()) + " (" + name + ")";
  }

  /** For a connection that was not made. */
  static StorageException connecting(SftpFolder folder, IOException e) {
    if (hasDisconnect(e, SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE)) {
      return StorageException.lasting(
          "The server of " + folder + " does not let this user in: it accepted no key",
          "Name a private key with --sftp-key, load one into an ssh-agent, and add its public half"
              + " to the user's authorized_keys there. 'ssh -v' shows what it tries.");
    }
    return new StorageException(
        "Cannot connect to " + folder + ": " + reason(e),
        "Check the server's name and port, the network and that the server runs.",
        e);
  }

  private static boolean hasDisconnect(Throwable e, int code) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SshException ssh && ssh.getDisconnectCode() == code) {
        return true;
      }
    }
    return false;
  }

  private static String reason(IOException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      switch (at) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return "No such host";
        }
        case ConnectException _, NoRouteToHostException _ -> {
          return String.valueOf(at.getMessage());
        }
        default -> {}
      }
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : RawText.display(e.getMessage());
  }
}
