package org.mailkeep.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Metadata;

/**
 * Writes tar, POSIX.1-2001. Owners are numbers only, so that nobody who unpacks maps names. A PAX
 * header stands only before members that need one: for a long name, a large number, a fraction of a
 * second, an attribute. Attributes are records {@code SCHILY.xattr.NAME} with the bytes of the
 * value as they are, which GNU tar, star and bsdtar read; ACLs stand a second time as text, which
 * is what GNU tar's --acls and bsdtar take.
 */
public final class TarWriter {

  private static final int BLOCK = TarHeader.BLOCK;

  /** Tapes' records: an archive is a multiple of it, in bytes. */
  private static final int RECORD = 20 * BLOCK;

  private final OutputStream out;
  private long written;
  private long left;

  /** Writes to this stream, which stays the caller's. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a member.
   *
   * @param path its path; the slash before it is left out
   * @param metadata its owner, mode, time and attributes
   * @param body what it is; of a regular file exactly the content must follow, by {@link #content}.
   *     A socket cannot be in a tar archive
   * @throws IOException where the stream cannot take it
   */
  public void member(RawPath path, Metadata metadata, Body body) throws IOException {
    char type =
        switch (body) {
          case Body.RegularFile _ -> '0';
          case Body.Directory _ -> '5';
          case Body.SymbolicLink _ -> '2';
          case Body.Fifo _ -> '6';
          case Body.Device device -> device.block() ? '4' : '3';
          case Body.Socket _ -> throw new IllegalArgumentException("a socket");
        };
    Optional<ByteString> target =
        body instanceof Body.SymbolicLink link ? Optional.of(link.target()) : Optional.empty();
    long size = body instanceof Body.RegularFile file ? file.size() : 0;
    TarHeader header = TarHeader.empty();
    if (body instanceof Body.Device device
        && !header.setDevice(
            Integer.toUnsignedLong(device.major()), Integer.toUnsignedLong(device.minor()))) {
      throw new IOException(path + " is a device whose numbers tar cannot hold");
    }
    write(header, type, path, metadata, target, size);
  }

  /**
   * Another name of a member that was written before.
   *
   * @param to that member's path
   */
  public void hardLink(RawPath path, Metadata metadata, RawPath to) throws IOException {
    write(TarHeader.empty(), '1', path, metadata, Optional.of(ByteString.of(name(to, '1'))), 0);
  }

  private void write(
      TarHeader header,
      char type,
      RawPath path,
      Metadata metadata,
      Optional<ByteString> target,
      long size)
      throws IOException {
    if (left != 0) {
      throw new IllegalStateException("the member before lacks " + left + " bytes");
    }
    PaxRecords pax = new PaxRecords();
    byte[] name = name(path, type);
    header.setType(type);
    if (!header.setName(name)) {
      pax.put("path", name);
    }
    target
        .filter(link -> !header.setLinkName(link.bytes()))
        .ifPresent(link -> pax.put("linkpath", link.bytes()));
    number(header.setSize(size), pax, "size", size);
    var _ = header.setMode(metadata.mode());
    long uid = Integer.toUnsignedLong(metadata.uid());
    long gid = Integer.toUnsignedLong(metadata.gid());
    number(header.setUid(uid), pax, "uid", uid);
    number(header.setGid(gid), pax, "gid", gid);
    if (!header.setMtime(metadata.mtimeSeconds()) || metadata.mtimeNanos() != 0) {
      pax.put("mtime", new PaxTime(metadata.mtimeSeconds(), metadata.mtimeNanos()).text());
    }
    if (type != '1') {
      metadata.attributes().forEach(attribute -> attribute(pax, attribute));
    }
    if (!pax.isEmpty()) {
      extended(name, pax);
    }
    put(header.finish(), BLOCK);
    left = size;
  }

  private static void number(boolean fits, PaxRecords pax, String key, long number) {
    if (!fits) {
      pax.put(key, Long.toString(number));
    }
  }

  private static void attribute(PaxRecords pax, Attribute attribute) {
    String name = attribute.name().text();
    byte[] value = attribute.value().bytes();
    for (AclText.Place place : AclText.Place.values()) {
      if (name.equals(place.attribute)) {
        AclText.of(value).ifPresent(text -> pax.put(place.record, text));
      }
    }
    pax.put("SCHILY.xattr." + name.replace("%", "%25").replace("=", "%3D"), value);
  }

  private static byte[] name(RawPath path, char type) {
    if (path.names().isEmpty()) {
      return new byte[] {'.', '/'};
    }
    String relative = path.isAbsolute() ? path.text().substring(1) : path.text();
    return RawText.encode(type == '5' ? relative + "/" : relative);
  }

  /** The member that holds the records; its name is of no meaning, and shown by old programs. */
  private void extended(byte[] name, PaxRecords pax) throws IOException {
    if (needsCharset(pax)) {
      pax.put("hdrcharset", "BINARY");
    }
    byte[] records = pax.encode();
    TarHeader header = TarHeader.empty();
    header.setType('x');
    var _ = header.setName(RawText.encode("PaxHeaders/" + lastName(name)));
    var _ = header.setMode(0644);
    var _ = header.setUid(0) && header.setGid(0) && header.setMtime(0);
    if (!header.setSize(records.length)) {
      throw new IllegalStateException("a PAX header of " + records.length + " bytes");
    }
    put(header.finish(), BLOCK);
    put(records, records.length);
    pad(records.length);
  }

  private static boolean needsCharset(PaxRecords pax) {
    return java.util.stream.Stream.of("path", "linkpath")
        .anyMatch(key -> pax.text(key).filter(text -> !RawText.isUtf8(text)).isPresent());
  }

  private static String lastName(byte[] name) {
    RawPath path = RawPath.of(name);
    String last = path.names().isEmpty() ? "root" : path.names().getLast().text();
    return last.length() > 80 ? last.substring(0, 80) : last;
  }

  /** The next bytes of the member's content. */
  public void content(byte[] bytes, int offset, int length) throws IOException {
    if (length > left) {
      throw new IOException("a file is longer than its size says");
    }
    out.write(bytes, offset, length);
    written += length;
    left -= length;
    if (left == 0) {
      pad(written);
    }
  }

  /** Zeros that are part of the content. */
  public void zeros(long length) throws IOException {
    byte[] zeros = new byte[64 << 10];
    for (long rest = length; rest > 0; rest -= zeros.length) {
      content(zeros, 0, (int) Math.min(rest, zeros.length));
    }
  }

  private void pad(long length) throws IOException {
    put(new byte[BLOCK], (int) (-length & (BLOCK - 1)));
  }

  private void put(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    written += length;
  }

  /** Ends the archive. */
  public void finish() throws IOException {
    if (left != 0) {
      throw new IllegalStateException("the last member lacks " + left + " bytes");
    }
    byte[] zeros = new byte[BLOCK];
    put(zeros, BLOCK);
    put(zeros, BLOCK);
    while (written % RECORD != 0) {
      put(zeros, BLOCK);
    }
  }
}
