package org.mailkeep.storage.location;

import java.util.Map;
import org.mailkeep.storage.s3.S3Settings;
import org.mailkeep.storage.sftp.SftpSettings;

/**
 * What locations on other machines need besides their names.
 *
 * @param s3 for S3
 * @param sftp for SFTP
 * @param environment the process's environment, where S3's credentials and region may be
 */
public record RemoteSettings(S3Settings s3, SftpSettings sftp, Map<String, String> environment) {

  /** Copies the environment. */
  public RemoteSettings {
    environment = Map.copyOf(environment);
  }
}
