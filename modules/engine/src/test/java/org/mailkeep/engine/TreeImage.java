package org.mailkeep.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;
import org.mailkeep.unix.OpenNode;

/** All that can be told of a tree of files, as a map from relative paths to text. */
public final class TreeImage {

  private final Map<String, String> entries = new TreeMap<>();
  private final Map<Long, String> linked = new LinkedHashMap<>();

  private TreeImage() {}

  /** The tree below this directory and the directory itself, under ".". */
  public static Map<String, String> of(Path directory) {
    TreeImage image = new TreeImage();
    try (Directory open = Directory.open(RawPath.of(directory.toString()))) {
      image.entries.put(".", describe(open.stat()) + attributes(open));
      image.add(open, "");
    }
    return image.entries;
  }

  private void add(Directory directory, String prefix) {
    Map<String, FileName> names = new TreeMap<>();
    for (DirectoryEntry entry : directory.list()) {
      names.put(RawText.display(entry.name().text()), entry.name());
    }
    names.forEach((text, name) -> add(directory, name, prefix + text));
  }

  private void add(Directory directory, FileName name, String path) {
    FileStat stat = directory.stat(name);
    StringBuilder text = new StringBuilder(describe(stat));
    if (stat.links() > 1 && stat.type() != FileType.DIRECTORY) {
      String first = linked.putIfAbsent(stat.inode(), path);
      text.append(" linked ").append(first == null ? path : first);
    }
    switch (stat.type()) {
      case DIRECTORY -> {
        try (Directory below = directory.openDirectory(name)) {
          text.append(attributes(below));
          add(below, path + "/");
        }
      }
      case REGULAR -> {
        try (Input input = directory.openFile(name)) {
          text.append(' ').append(stat.size()).append(' ').append(digest(input));
          text.append(attributes(input));
        }
      }
      case SYMLINK -> text.append(" -> ").append(RawText.decode(directory.readLink(name)));
      case CHARACTER_DEVICE, BLOCK_DEVICE ->
          text.append(' ').append(stat.deviceMajor()).append(':').append(stat.deviceMinor());
      case FIFO, SOCKET -> {}
    }
    if (stat.type() != FileType.DIRECTORY && stat.type() != FileType.REGULAR) {
      for (byte[] attribute : directory.attributes(name)) {
        text.append(' ').append(RawText.decode(attribute)).append('=');
        text.append(HexFormat.of().formatHex(directory.attribute(name, attribute)));
      }
    }
    entries.put(path, text.toString());
  }

  private static String describe(FileStat stat) {
    return "%s %o %d:%d %d.%09d"
        .formatted(
            stat.type(),
            stat.mode(),
            stat.uid(),
            stat.gid(),
            stat.mtimeSeconds(),
            stat.mtimeNanos());
  }

  private static String attributes(OpenNode node) {
    Map<String, String> values = new TreeMap<>();
    for (byte[] name : node.attributes()) {
      values.put(RawText.decode(name), HexFormat.of().formatHex(node.attribute(name)));
    }
    return values.isEmpty() ? "" : " " + values;
  }

  private static String digest(Input input) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = input.read(buffer, 0, buffer.length);
          n > 0;
          n = input.read(buffer, 0, buffer.length)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
