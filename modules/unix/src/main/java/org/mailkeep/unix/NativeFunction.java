package org.mailkeep.unix;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import org.mailkeep.model.error.RefusedException;

/**
 * A function of the C library that takes and returns integers and pointers.
 *
 * @param name its name in errors, as in the manual
 * @param address where it is
 * @param number what syscall(2) is told to call; negative for functions called by themselves
 */
record NativeFunction(String name, MemorySegment address, long number) {

  private static final long BY_ITSELF = -1;

  /** The function of this name. */
  static NativeFunction of(String name) {
    return new NativeFunction(name, find(name), BY_ITSELF);
  }

  /** The system call of this number, for those that not every C library has a function for. */
  static NativeFunction systemCall(String name, int number) {
    return new NativeFunction(name, find("syscall"), number);
  }

  boolean isSystemCall() {
    return number != BY_ITSELF;
  }

  private static MemorySegment find(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .orElseThrow(
            () ->
                new RefusedException(
                    "The C library of this system has no function " + name + ".",
                    "Use a Linux distribution with glibc 2.28 or newer."));
  }
}
