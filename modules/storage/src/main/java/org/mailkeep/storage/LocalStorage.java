package org.mailkeep.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

/**
 * Objects as files in a folder of this machine.
 *
 * <p>Any number of threads and processes may use one folder at a time. What has an object's name is
 * complete and never changes again, so readers need no lock. Two puts of one name meet in link(2),
 * which lets one of them win. Temporary names are drawn from 2^64 and made exclusively. A folder is
 * made by whoever comes first and never removed. A file that disappears during a listing is left
 * out.
 *
 * <p>Below the root no link is followed and nothing but regular files is opened; that guards
 * against accidents, not against somebody who may write there. The root itself may be a link.
 */
public final class LocalStorage implements Storage {

  private final Path root;
  private final LocalFolders folders;

  private LocalStorage(Path root) {
    this.root = root;
    this.folders = new LocalFolders(root);
  }

  /**
   * Makes a folder for objects, with mode 0700; one that is empty already is taken as it is.
   *
   * @throws RefusedException when there is something in the folder
   */
  public static LocalStorage create(Path root) {
    LocalRoot.create(root);
    return open(root);
  }

  /**
   * The objects of a folder that {@link #create} made.
   *
   * @throws NotFoundException when there is no such folder
   */
  public static LocalStorage open(Path root) {
    return new LocalStorage(LocalRoot.find(root));
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    boolean named;
    try {
      Path folder = folders.make(name.folder());
      try (TemporaryFile file = TemporaryFile.in(folder)) {
        file.write(content);
        named = file.name(folder.resolve(name.id()), root);
      }
      // Also when the name was taken: by a put, perhaps, that did not come as far as this.
      LocalFolders.sync(folder);
    } catch (IOException e) {
      throw failure("store " + name, e);
    }
    if (!named) {
      throw new RefusedException(name + " exists already in " + root, "");
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
    long start = offset - into.position();
    try {
      find(name).orElseThrow(() -> missing(name));
      try (FileChannel file = FileChannel.open(path(name), READ, NOFOLLOW_LINKS)) {
        if (!Windows.through(into, window -> file.read(window, start + window.position()))) {
          throw new DamagedException(name.toString(), "it ends before byte " + end);
        }
      }
    } catch (NoSuchFileException e) {
      throw missing(name);
    } catch (IOException e) {
      throw failure("read " + name, e);
    }
  }

  @Override
  public OptionalLong size(ObjectName name) {
    try {
      return find(name);
    } catch (IOException e) {
      throw failure("look for " + name, e);
    }
  }

  @Override
  public void list(ObjectFolder folder, Consumer<? super StoredObject> each) {
    walk(
        folder,
        "list the objects",
        (in, name, _, attributes) -> {
          if (ObjectFolder.isSegment(name)) {
            each.accept(new StoredObject(in.object(name), attributes.size()));
          }
        });
  }

  @Override
  public void delete(ObjectName name) {
    try {
      if (find(name).isPresent()) {
        Files.deleteIfExists(path(name));
        LocalFolders.sync(folders.find(name.folder()));
      }
    } catch (IOException e) {
      throw failure("delete " + name, e);
    }
  }

  @Override
  public void tidy() {
    FileTime limit = FileTime.from(Instant.now().minus(LEFTOVER_AGE));
    walk(
        ObjectFolder.ROOT,
        "remove temporary files",
        (_, name, path, attributes) -> {
          boolean old = attributes.lastModifiedTime().compareTo(limit) < 0;
          if (old && name.startsWith(TemporaryFile.PREFIX)) {
            Files.deleteIfExists(path);
          }
        });
  }

  @Override
  public void close() {}

  private Path path(ObjectName name) {
    return root.resolve(name.toString());
  }

  /** The size of an object that exists. */
  private OptionalLong find(ObjectName name) throws IOException {
    BasicFileAttributes attributes;
    try {
      Path file = folders.find(name.folder()).resolve(name.id());
      attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      requireRoot();
      return OptionalLong.empty();
    }
    if (!attributes.isRegularFile()) {
      throw new DamagedException(name.toString(), "it is not a regular file");
    }
    return OptionalLong.of(attributes.size());
  }

  private void walk(ObjectFolder folder, String task, LocalWalk.Visitor visitor) {
    try {
      requireRoot();
      LocalWalk.walk(folders.find(folder), folder, visitor);
    } catch (NoSuchFileException e) {
      requireRoot();
    } catch (IOException e) {
      throw failure(task, e);
    }
  }

  /** A missing object or folder is no error; a missing root is: its disk may not be mounted. */
  private void requireRoot() {
    if (!Files.isDirectory(root)) {
      throw failure("find the folder", new NoSuchFileException(root.toString()));
    }
  }

  private NotFoundException missing(ObjectName name) {
    return new NotFoundException(name + " is not in " + root, "Run 'mailkeep check'.");
  }

  private StorageException failure(String task, IOException e) {
    return LocalFailure.of(root, task, e);
  }
}
