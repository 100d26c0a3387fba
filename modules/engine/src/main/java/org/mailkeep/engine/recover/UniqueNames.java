package org.mailkeep.engine.recover;

import java.time.Instant;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

/**
 * Makes names that no message ever had, as https://cr.yp.to/proto/maildir.html says: the second,
 * then microsecond, process and a counter, then the host. For one thread.
 */
final class UniqueNames {

  private final String host;
  private final long process = ProcessHandle.current().pid();
  private long count;

  /**
   * @param host the name of this host
   */
  UniqueNames(String host) {
    this.host = host.replace("/", "\\057").replace(":", "\\072").replace(",", "\\054");
  }

  /**
   * A base name for a message that had another. What mail programs wrote there about its size is
   * kept: it is about the content, and of a compressed file nothing else tells it.
   */
  FileName next(MessageName old) {
    Instant now = Instant.now();
    StringBuilder name = new StringBuilder();
    name.append(now.getEpochSecond()).append(".M").append(now.getNano() / 1000);
    name.append('P').append(process).append('Q').append(++count).append('.').append(host);
    old.size().ifPresent(size -> name.append(",S=").append(size));
    old.wireSize().ifPresent(size -> name.append(",W=").append(size));
    return FileName.of(name.toString());
  }
}
