package org.mailkeep.engine.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.unix.DurableFile;

/**
 * The copies that this host made of a repository, one small file each. They stand beside the host's
 * indexes and not in the repository: a mail host that is broken into could write there that all
 * copies are fresh.
 */
public final class CopyRecords {

  private static final String SUFFIX = ".record";
  private static final int MAX_BYTES = 1 << 24;

  private final Path folder;
  private final KeySet keys;

  /**
   * @param folder of the copies of one repository
   * @param keys of that repository
   */
  public CopyRecords(Path folder, KeySet keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** A name for files about a place, that any place has. */
  public static String fileName(String place) {
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * All records, by place.
   *
   * @param unusable is told of those that cannot be used
   */
  public List<CopyRecord> list(Consumer<String> unusable) {
    List<CopyRecord> records = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return records;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        read(file, records, unusable);
      }
    } catch (IOException e) {
      throw failure(e);
    }
    records.sort(Comparator.comparing(CopyRecord::place));
    return records;
  }

  private void read(Path file, List<CopyRecord> records, Consumer<String> unusable)
      throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new MalformedException("it is too large");
      }
      records.add(CopyRecord.decode(Files.readAllBytes(file), keys));
    } catch (NoSuchFileException e) {
      // It was replaced meanwhile by one of another name, or removed.
    } catch (MalformedException e) {
      unusable.accept("The record of a copy, " + file + ", cannot be used: " + e.getMessage());
    }
  }

  /** Keeps a record; an older one of the same place goes. */
  public void save(CopyRecord record) {
    Path file = folder.resolve(fileName(record.place()) + SUFFIX);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      DurableFile.write(file, record.encode(keys), "rw-------");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Forgets a copy that is no more; gives whether there was a record of it. */
  public boolean forget(String place) {
    try {
      return Files.deleteIfExists(folder.resolve(fileName(place) + SUFFIX));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private StorageException failure(IOException e) {
    return new StorageException(
        "The records of copies in " + folder + " cannot be used: " + e.getMessage(),
        "See that the folder can be written, or name another with --state-dir.",
        e);
  }
}
