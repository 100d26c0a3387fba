package org.mailkeep.engine.writer;

import org.mailkeep.model.error.RefusedException;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** What a mail host's credentials permit where nothing can be deleted before its time. */
final class AppendOnlyStorage extends ForwardingStorage {

  AppendOnlyStorage(Storage inner) {
    super(inner);
  }

  @Override
  public void delete(ObjectName name) {
    throw new RefusedException("The storage does not permit to delete " + name, "");
  }

  @Override
  public void tidy() {
    throw new RefusedException("The storage does not permit to delete", "");
  }
}
