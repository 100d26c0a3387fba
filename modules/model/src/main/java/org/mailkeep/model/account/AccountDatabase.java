package org.mailkeep.model.account;

import java.util.Optional;
import org.mailkeep.model.error.SystemCallException;

/**
 * Who is who on a host. Every method throws {@link SystemCallException} where the name service does
 * not answer, which is not the same as an account that does not exist.
 */
public interface AccountDatabase {

  /** The user of this number, unsigned 32 bits; the first where several share it. */
  Optional<UserAccount> user(int uid);

  /** The user of this name. */
  Optional<UserAccount> user(String name);

  /** The group of this number, unsigned 32 bits; the first where several share it. */
  Optional<GroupAccount> group(int gid);

  /** The group of this name. */
  Optional<GroupAccount> group(String name);
}
