package org.mailkeep.engine.repair;

import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** Lets some puts and deletes through, and then none: what a process does that is killed. */
final class CutOff extends ForwardingStorage {

  private int left;

  /** Lets this many through. */
  CutOff(Storage inner, int changes) {
    super(inner);
    this.left = changes;
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    change();
    super.put(name, content);
  }

  @Override
  public void delete(ObjectName name) {
    change();
    super.delete(name);
  }

  private synchronized void change() {
    if (left-- <= 0) {
      throw new StorageException("Cut off on purpose", "");
    }
  }
}
