package org.mailkeep.model.tree;

/** Looks at a name where it stands in a node, so that no object is made of it. */
@FunctionalInterface
public interface NameTest {

  /** Whether the name {@code buffer[0..length)} passes; the buffer changes afterwards. */
  boolean test(byte[] buffer, int length);
}
