package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.SystemCallException;

/**
 * Names and numbers of users and groups, as the name service knows them (getpwnam(3), getgrnam(3),
 * nsswitch.conf(5)). Answers, also that there is none, are remembered as long as this object lives.
 * For any number of threads.
 */
public final class Accounts {

  private static final NativeFunction GETPWUID = NativeFunction.of("getpwuid_r");
  private static final NativeFunction GETPWNAM = NativeFunction.of("getpwnam_r");
  private static final NativeFunction GETGRGID = NativeFunction.of("getgrgid_r");
  private static final NativeFunction GETGRNAM = NativeFunction.of("getgrnam_r");

  /** Where the number stands, behind two pointers, in struct passwd and struct group alike. */
  private static final long NUMBER = 16;

  /** Large enough for struct passwd (48 bytes) and struct group (32 bytes). */
  private static final long STRUCTURE_SIZE = 64;

  private static final int FIRST_BUFFER = 4096;
  private static final int LARGEST_BUFFER = 16 << 20;

  private final Map<Integer, Optional<String>> userNames = new ConcurrentHashMap<>();
  private final Map<Integer, Optional<String>> groupNames = new ConcurrentHashMap<>();
  private final Map<String, Optional<Integer>> userIds = new ConcurrentHashMap<>();
  private final Map<String, Optional<Integer>> groupIds = new ConcurrentHashMap<>();

  /** Nothing remembered yet. */
  public Accounts() {}

  /** The name of a user, unsigned 32 bits, as lossless text. */
  public Optional<String> userName(int uid) {
    return userNames.computeIfAbsent(uid, id -> find(GETPWUID, id).map(Account::name));
  }

  /** The name of a group, unsigned 32 bits, as lossless text. */
  public Optional<String> groupName(int gid) {
    return groupNames.computeIfAbsent(gid, id -> find(GETGRGID, id).map(Account::name));
  }

  /** The number of the user of this name, unsigned 32 bits. */
  public OptionalInt userId(String name) {
    return number(userIds.computeIfAbsent(name, n -> find(GETPWNAM, n).map(Account::id)));
  }

  /** The number of the group of this name, unsigned 32 bits. */
  public OptionalInt groupId(String name) {
    return number(groupIds.computeIfAbsent(name, n -> find(GETGRNAM, n).map(Account::id)));
  }

  private static OptionalInt number(Optional<Integer> id) {
    return id.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private record Account(String name, int id) {}

  private static Optional<Account> find(NativeFunction call, int id) {
    return find(call, Integer.toUnsignedLong(id), Integer.toUnsignedString(id));
  }

  private static Optional<Account> find(NativeFunction call, String name) {
    return find(call, CallFrame.current().text(RawText.encode(name)), RawText.display(name));
  }

  /** Asks with larger and larger buffers: a group may have thousands of members. */
  private static Optional<Account> find(NativeFunction call, long key, String asked) {
    int error = Errno.ERANGE;
    for (int size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 4) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment found = arena.allocate(JAVA_LONG);
        MemorySegment account = arena.allocate(STRUCTURE_SIZE, 8);
        MemorySegment buffer = arena.allocate(size, 8);
        error = ask(call, key, account, buffer, found);
        if (error == 0) {
          return found.get(JAVA_LONG, 0) == 0
              ? Optional.empty()
              : Optional.of(new Account(name(account, buffer), account.get(JAVA_INT, NUMBER)));
        }
      }
      if (error != Errno.ERANGE) {
        break;
      }
    }
    return switch (error) {
      // What getpwnam(3) lists for "not found".
      case Errno.ENOENT, Errno.ESRCH, Errno.EBADF, Errno.EPERM -> Optional.empty();
      default -> throw new SystemCallException(call.name(), asked, error, Errno.meaning(error));
    };
  }

  /** The error number, which these functions return instead of setting errno. */
  private static int ask(
      NativeFunction call,
      long key,
      MemorySegment account,
      MemorySegment buffer,
      MemorySegment found) {
    CallFrame frame = CallFrame.current();
    int error;
    do {
      error =
          frame.call(
              call, key, account.address(), buffer.address(), buffer.byteSize(), found.address());
    } while (error == Errno.EINTR);
    return error;
  }

  /** The text to which the first member points, which is in the buffer. */
  private static String name(MemorySegment account, MemorySegment buffer) {
    long start = account.get(ADDRESS, 0).address() - buffer.address();
    long end = start;
    while (buffer.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return RawText.decode(buffer.asSlice(start, end - start).toArray(JAVA_BYTE));
  }
}
