package org.mailkeep.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.X7875_NewUnix;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;

/**
 * Writes zip, for people with other systems: names in UTF-8, with owners by number, modes, and
 * times to the second where their programs know of them. Attributes, hard links and special files
 * have no place in it.
 */
public final class ZipWriter {

  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 040000;
  private static final int LINK = 0120000;

  private final ZipArchiveOutputStream out;

  /** Writes to this stream, which stays the caller's. */
  public ZipWriter(OutputStream out) {
    this.out = new ZipArchiveOutputStream(out);
    this.out.setEncoding(StandardCharsets.UTF_8.name());
    this.out.setUseLanguageEncodingFlag(true);
    this.out.setUseZip64(Zip64Mode.AsNeeded);
    this.out.setLevel(Deflater.DEFAULT_COMPRESSION);
  }

  /** The name that a path gets: what is not UTF-8 in it is written as in a listing. */
  static String name(RawPath path) {
    String text = path.text().substring(1);
    return RawText.isUtf8(text) ? text : RawText.display(text);
  }

  /** Begins a regular file, whose content follows. */
  public void file(RawPath path, Metadata metadata, Body.RegularFile file) throws IOException {
    begin(name(path), REGULAR, metadata, file.size());
  }

  /** Writes a directory. */
  public void directory(RawPath path, Metadata metadata) throws IOException {
    begin(name(path) + "/", DIRECTORY, metadata, 0);
    end();
  }

  /** Writes a symbolic link. */
  public void link(RawPath path, Metadata metadata, Body.SymbolicLink link) throws IOException {
    byte[] target = link.target().bytes();
    begin(name(path), LINK, metadata, target.length);
    content(target, 0, target.length);
    end();
  }

  private void begin(String name, int type, Metadata metadata, long size) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(type | metadata.mode());
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(metadata.mtimeSeconds())));
    X7875_NewUnix owner = new X7875_NewUnix();
    owner.setUID(Integer.toUnsignedLong(metadata.uid()));
    owner.setGID(Integer.toUnsignedLong(metadata.gid()));
    entry.addExtraField(owner);
    entry.setSize(size);
    out.putArchiveEntry(entry);
  }

  /** The next bytes of the file begun. */
  public void content(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Ends the file begun. */
  public void end() throws IOException {
    out.closeArchiveEntry();
  }

  /** Writes the list of contents that ends a zip. */
  public void finish() throws IOException {
    out.finish();
  }
}
