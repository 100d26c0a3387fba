package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Retry;
import org.mailkeep.storage.RetryingStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.StoredObject;

/**
 * Objects as files in a folder of a server that speaks SFTP. Any number of threads, processes and
 * hosts may use one folder; the package's description says what keeps their puts apart.
 */
public final class SftpStorage implements Storage {

  /** How long a server may take for one answer: a sync to a busy disk takes longest. */
  private static final Duration ANSWER_TIME = Duration.ofMinutes(2);

  private static final String TEMPORARY = ".tmp-";

  private final SftpFolder folder;
  private final SftpSessions sessions;
  private final Retry retry;
  private final Set<ObjectFolder> made = ConcurrentHashMap.newKeySet();

  private SftpStorage(SftpFolder folder, SftpSettings settings, Retry retry, Duration answerTime) {
    this.folder = folder;
    this.sessions = new SftpSessions(folder, settings, answerTime);
    this.retry = retry;
  }

  /**
   * The objects of a folder; operations that fail for reasons which may pass are repeated.
   *
   * @throws NotFoundException when there is no such folder
   */
  public static Storage open(SftpFolder folder, SftpSettings settings) {
    return open(folder, settings, new Retry(), ANSWER_TIME);
  }

  static Storage open(SftpFolder folder, SftpSettings settings, Retry retry, Duration answerTime) {
    SftpStorage storage = new SftpStorage(folder, settings, retry, answerTime);
    return begin(storage, storage::requireRoot);
  }

  /**
   * Makes a folder for objects, mode 0700, with those above it; one that is empty is taken as it
   * is.
   *
   * @throws RefusedException when there is something in it
   */
  public static Storage create(SftpFolder folder, SftpSettings settings) {
    return create(folder, settings, new Retry(), ANSWER_TIME);
  }

  static Storage create(
      SftpFolder folder, SftpSettings settings, Retry retry, Duration answerTime) {
    SftpStorage storage = new SftpStorage(folder, settings, retry, answerTime);
    return begin(storage, storage::makeRoot);
  }

  private static Storage begin(SftpStorage storage, Runnable first) {
    try {
      storage.retry.run(first);
      return new RetryingStorage(storage, storage.retry);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    boolean named = sessions.call("store " + name, channel -> store(channel, name, content));
    if (!named) {
      throw new RefusedException(name + " exists already in " + folder, "");
    }
  }

  private boolean store(SftpChannel channel, ObjectName name, ObjectContent content)
      throws IOException {
    make(channel, name.folder());
    long random = ThreadLocalRandom.current().nextLong();
    String temporary = path(name.folder()) + "/" + TEMPORARY + HexFormat.of().toHexDigits(random);
    byte[] handle = channel.create(temporary);
    boolean kept = true;
    try {
      long length = channel.write(handle, content);
      if (length != content.length()) {
        throw new IllegalStateException(
            "Content of " + length + " bytes said it had " + content.length());
      }
      sync(channel, handle);
      kept = channel.canLink();
      boolean named = name(channel, temporary, path(name));
      kept |= !named;
      if (named) {
        sync(channel, handle);
      }
      channel.close(handle);
      return named;
    } finally {
      if (kept) {
        discard(channel, temporary);
      }
    }
  }

  private static void sync(SftpChannel channel, byte[] handle) throws IOException {
    if (channel.canSync()) {
      channel.sync(handle);
    }
  }

  /** Gives the file its name; false when that is taken. */
  private static boolean name(SftpChannel channel, String temporary, String target)
      throws IOException {
    try {
      if (channel.canLink()) {
        channel.link(temporary, target);
        return true;
      }
      if (channel.look(target).isPresent()) {
        return false;
      }
      channel.rename(temporary, target);
      return true;
    } catch (SftpException e) {
      // Version 3 has no status for it.
      if (channel.look(target).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  /** What stays is for tidy; on a server that is append-only, for good. */
  private static void discard(SftpChannel channel, String temporary) {
    try {
      if (channel.isOpen()) {
        channel.remove(temporary);
      }
    } catch (IOException e) {
      // The object itself is as it should be.
    }
  }

  private void make(SftpChannel channel, ObjectFolder in) throws IOException {
    if (in.isRoot() || made.contains(in)) {
      return;
    }
    make(channel, in.parent().orElseThrow());
    makeFolder(channel, path(in));
    made.add(in);
  }

  private static void makeFolder(SftpChannel channel, String path) throws IOException {
    Optional<Attributes> there = channel.look(path);
    if (there.isPresent() && !there.get().isDirectory()) {
      throw new IOException(path + " is not a folder, and links are not followed");
    }
    if (there.isEmpty()) {
      try {
        channel.makeFolder(path);
      } catch (SftpException e) {
        // Another may have been faster.
        if (channel.look(path).isEmpty()) {
          throw e;
        }
      }
    }
  }

  @Override
  public byte[] get(ObjectName name) {
    long size = size(name).orElseThrow(() -> missing(name));
    if (size > MOST_AT_ONCE) {
      throw new DamagedException(name.toString(), "it is too large, " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    read(name, 0, ByteBuffer.wrap(bytes));
    return bytes;
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    long end = offset + into.remaining();
    Optional<Attributes> there =
        sessions.call("read " + name, channel -> fill(channel, path(name), offset, into));
    requireRegular(name, there.orElseThrow(() -> missing(name)));
    if (into.hasRemaining()) {
      throw new DamagedException(name.toString(), "it ends before byte " + end);
    }
  }

  /** Fills the buffer as far as the file goes, if it is a regular one; gives what is there. */
  private static Optional<Attributes> fill(
      SftpChannel channel, String path, long offset, ByteBuffer into) throws IOException {
    Optional<Attributes> there = channel.look(path);
    if (there.filter(Attributes::isRegularFile).isPresent()) {
      byte[] handle = channel.open(path);
      channel.read(handle, offset, into);
      channel.close(handle);
    }
    return there;
  }

  private static void requireRegular(ObjectName name, Attributes attributes) {
    if (!attributes.isRegularFile()) {
      throw new DamagedException(name.toString(), "it is not a regular file");
    }
  }

  @Override
  public OptionalLong size(ObjectName name) {
    Optional<Attributes> there =
        sessions.call(
            "look for " + name,
            channel -> {
              Optional<Attributes> found = channel.look(path(name));
              if (found.isEmpty()) {
                requireRoot(channel);
              }
              return found;
            });
    there.ifPresent(attributes -> requireRegular(name, attributes));
    return there
        .map(attributes -> OptionalLong.of(attributes.getSize()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void list(ObjectFolder in, Consumer<? super StoredObject> each) {
    walk(
        in,
        (at, entry) -> {
          if (ObjectFolder.isSegment(entry.getFilename())) {
            each.accept(
                new StoredObject(at.object(entry.getFilename()), entry.getAttributes().getSize()));
          }
        });
  }

  /** Sees each regular file, whatever its name. */
  @FunctionalInterface
  private interface Visitor {
    void file(ObjectFolder in, DirEntry entry);
  }

  private void walk(ObjectFolder in, Visitor visitor) {
    for (DirEntry entry : entries(in)) {
      String name = entry.getFilename();
      Attributes attributes = entry.getAttributes();
      if (attributes.isRegularFile()) {
        visitor.file(in, entry);
      } else if (ObjectFolder.isSegment(name) && attributes.isSymbolicLink()) {
        throw StorageException.lasting(
            "Cannot list " + folder + ": " + path(in) + "/" + name + " is a link, not followed",
            "Put the folder itself there.");
      } else if (ObjectFolder.isSegment(name)
          && attributes.isDirectory()
          && in.depth() < ObjectFolder.DEEPEST) {
        walk(in.folder(name), visitor);
      }
    }
  }

  /** The entries of one folder, which are as many as it has; none where it is missing. */
  private List<DirEntry> entries(ObjectFolder in) {
    return retry.get(
        () ->
            sessions.call(
                in.isRoot() ? "list the objects" : "list " + in,
                channel -> {
                  if (channel.look(path(in)).isEmpty()) {
                    requireRoot(channel);
                    return List.of();
                  }
                  return entries(channel, path(in));
                }));
  }

  private static List<DirEntry> entries(SftpChannel channel, String path) throws IOException {
    try {
      return channel.entries(path);
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        // Some servers fail when a file goes while they look at it; the next look will do.
        throw new IOException("Something vanished during the listing", e);
      }
      throw e;
    }
  }

  @Override
  public void delete(ObjectName name) {
    sessions.call(
        "delete " + name,
        channel -> {
          Optional<Attributes> there = channel.look(path(name));
          if (there.isPresent()) {
            channel.remove(path(name));
          }
          return there;
        });
  }

  @Override
  public void tidy() {
    FileTime limit = FileTime.from(Instant.now().minus(LEFTOVER_AGE));
    walk(
        ObjectFolder.ROOT,
        (in, entry) -> {
          boolean old = entry.getAttributes().getModifyTime().compareTo(limit) < 0;
          if (old && entry.getFilename().startsWith(TEMPORARY)) {
            String path = path(in) + "/" + entry.getFilename();
            sessions.call(
                "remove temporary files",
                channel -> {
                  channel.remove(path);
                  return path;
                });
          }
        });
  }

  @Override
  public void close() {
    sessions.close();
  }

  private void requireRoot() {
    boolean there =
        sessions.call(
            "find the folder",
            channel -> channel.follow(folder.path()).filter(Attributes::isDirectory).isPresent());
    if (!there) {
      throw new NotFoundException(
          "There is no folder " + folder,
          "Check the path, and that its disk is mounted there; 'mailkeep init' makes a new"
              + " repository.");
    }
  }

  /** A missing object or folder is no error; a missing root is: its disk may not be mounted. */
  private void requireRoot(SftpChannel channel) throws IOException {
    if (channel.follow(folder.path()).isEmpty()) {
      throw StorageException.lasting(
          "There is no folder " + folder + " any more",
          "Is the disk of " + folder.path() + " mounted on the server?");
    }
  }

  private void makeRoot() {
    sessions.call(
        "make the folder",
        channel -> {
          String path = folder.path();
          for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (channel.follow(path.substring(0, slash)).isEmpty()) {
              makeFolder(channel, path.substring(0, slash));
            }
          }
          if (channel.follow(path).isEmpty()) {
            makeFolder(channel, path);
          }
          return path;
        });
    if (entries(ObjectFolder.ROOT).stream().anyMatch(entry -> !isNothing(entry.getFilename()))) {
      throw new RefusedException(folder + " is not empty", "Choose a new or an empty folder.");
    }
  }

  private static boolean isNothing(String name) {
    return name.equals("lost+found") || name.startsWith(TEMPORARY);
  }

  private String path(ObjectFolder in) {
    return in.isRoot() ? folder.path() : folder.path() + "/" + in;
  }

  private String path(ObjectName name) {
    return folder.path() + "/" + name;
  }

  private NotFoundException missing(ObjectName name) {
    return new NotFoundException(name + " is not in " + folder, "Run 'mailkeep check'.");
  }
}
