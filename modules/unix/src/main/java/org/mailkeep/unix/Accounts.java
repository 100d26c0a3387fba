package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.SystemCallException;

/**
 * Users and groups, as the name service knows them (getpwnam(3), getgrnam(3), nsswitch.conf(5)).
 * Answers, also that there is none, are remembered as long as this object lives. For any number of
 * threads.
 */
public final class Accounts implements AccountDatabase {

  private static final NativeFunction GETPWUID = NativeFunction.of("getpwuid_r");
  private static final NativeFunction GETPWNAM = NativeFunction.of("getpwnam_r");
  private static final NativeFunction GETGRGID = NativeFunction.of("getgrgid_r");
  private static final NativeFunction GETGRNAM = NativeFunction.of("getgrnam_r");

  /** Large enough for struct passwd (48 bytes) and struct group (32 bytes). */
  private static final long STRUCTURE_SIZE = 64;

  private static final int FIRST_BUFFER = 4096;
  private static final int LARGEST_BUFFER = 16 << 20;

  private final Map<Integer, Optional<UserAccount>> usersById = new ConcurrentHashMap<>();
  private final Map<String, Optional<UserAccount>> usersByName = new ConcurrentHashMap<>();
  private final Map<Integer, Optional<GroupAccount>> groupsById = new ConcurrentHashMap<>();
  private final Map<String, Optional<GroupAccount>> groupsByName = new ConcurrentHashMap<>();

  /** Nothing remembered yet. */
  public Accounts() {}

  @Override
  public Optional<UserAccount> user(int uid) {
    return usersById.computeIfAbsent(uid, id -> find(GETPWUID, id, Accounts::readUser));
  }

  @Override
  public Optional<UserAccount> user(String name) {
    return usersByName.computeIfAbsent(name, n -> find(GETPWNAM, n, Accounts::readUser));
  }

  @Override
  public Optional<GroupAccount> group(int gid) {
    return groupsById.computeIfAbsent(gid, id -> find(GETGRGID, id, Accounts::readGroup));
  }

  @Override
  public Optional<GroupAccount> group(String name) {
    return groupsByName.computeIfAbsent(name, n -> find(GETGRNAM, n, Accounts::readGroup));
  }

  /** The name of a user, unsigned 32 bits, as lossless text. */
  public Optional<String> userName(int uid) {
    return user(uid).map(UserAccount::name);
  }

  /** The name of a group, unsigned 32 bits, as lossless text. */
  public Optional<String> groupName(int gid) {
    return group(gid).map(GroupAccount::name);
  }

  /** The number of the user of this name, unsigned 32 bits. */
  public OptionalInt userId(String name) {
    return user(name).map(user -> OptionalInt.of(user.uid())).orElse(OptionalInt.empty());
  }

  /** The number of the group of this name, unsigned 32 bits. */
  public OptionalInt groupId(String name) {
    return group(name).map(group -> OptionalInt.of(group.gid())).orElse(OptionalInt.empty());
  }

  /** Members as struct passwd of pwd.h has them on 64-bit Linux. */
  private static UserAccount readUser(MemorySegment passwd) {
    return new UserAccount(
        text(passwd, 0),
        passwd.get(JAVA_INT, 16),
        passwd.get(JAVA_INT, 20),
        text(passwd, 24),
        text(passwd, 32),
        text(passwd, 40));
  }

  /** Members as struct group of grp.h has them on 64-bit Linux. */
  private static GroupAccount readGroup(MemorySegment group) {
    List<String> members = new ArrayList<>();
    long list = group.get(ADDRESS, 24).address();
    if (list != 0) {
      MemorySegment pointers = memory(list);
      for (long at = 0; pointers.get(ADDRESS, at).address() != 0; at += ADDRESS.byteSize()) {
        members.add(text(pointers, at));
      }
    }
    return new GroupAccount(text(group, 0), group.get(JAVA_INT, 16), members);
  }

  private static <T> Optional<T> find(
      NativeFunction call, int id, Function<MemorySegment, T> read) {
    return find(call, Integer.toUnsignedLong(id), Integer.toUnsignedString(id), read);
  }

  private static <T> Optional<T> find(
      NativeFunction call, String name, Function<MemorySegment, T> read) {
    long key = CallFrame.current().text(RawText.encode(name));
    return find(call, key, RawText.display(name), read);
  }

  /** Asks with larger and larger buffers: a group may have thousands of members. */
  private static <T> Optional<T> find(
      NativeFunction call, long key, String asked, Function<MemorySegment, T> read) {
    int error = Errno.ERANGE;
    for (int size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 4) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment found = arena.allocate(JAVA_LONG);
        MemorySegment account = arena.allocate(STRUCTURE_SIZE, 8);
        MemorySegment buffer = arena.allocate(size, 8);
        error = ask(call, key, account, buffer, found);
        if (error == 0) {
          return found.get(JAVA_LONG, 0) == 0 ? Optional.empty() : Optional.of(read.apply(account));
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

  /** The text that the pointer at this offset leads to; a null pointer is an empty one. */
  private static String text(MemorySegment structure, long offset) {
    long address = structure.get(ADDRESS, offset).address();
    if (address == 0) {
      return "";
    }
    MemorySegment text = memory(address);
    long end = 0;
    while (text.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return RawText.decode(text.asSlice(0, end).toArray(JAVA_BYTE));
  }

  /**
   * What stands at this address. Most texts are in the buffer of the call, but a name service may
   * also point to its own constants, so the end is what the C library says: a NUL.
   */
  @SuppressWarnings("restricted")
  private static MemorySegment memory(long address) {
    return MemorySegment.ofAddress(address).reinterpret(LARGEST_BUFFER);
  }
}
