package org.mailkeep.engine.archive;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Metadata;

/** What a tar header and its PAX records say of a member beside its name and content. */
final class TarMetadata {

  private static final String STAR = "SCHILY.xattr.";
  private static final String LIBARCHIVE = "LIBARCHIVE.xattr.";
  private static final String SELINUX = "RHT.security.selinux";

  /** Seconds since or before 1970 that a time may have: some 285 million years. */
  private static final long LATEST = 1L << 53;

  private final ArchiveInput archive;
  private final AccountDatabase host;

  TarMetadata(ArchiveInput archive, AccountDatabase host) {
    this.archive = archive;
    this.host = host;
  }

  Metadata of(TarHeader header, PaxRecords pax, RawPath path) {
    long mode = require(header.mode(), "mode");
    PaxTime time =
        pax.text("mtime")
            .map(PaxTime::of)
            .orElseGet(() -> new PaxTime(require(header.mtime(), "time"), 0));
    if (Math.abs(time.seconds()) > LATEST) {
      throw new MalformedException("a time that no calendar has");
    }
    return new Metadata(
        (int) (mode & 07777),
        id(pax.text("uid"), header.uid(), "owner"),
        id(pax.text("gid"), header.gid(), "group"),
        time.seconds(),
        time.nanos(),
        attributes(pax, path));
  }

  ArchiveEntry.Owner owner(TarHeader header, PaxRecords pax) {
    return new ArchiveEntry.Owner(
        pax.text("uname").orElseGet(() -> RawText.decode(header.userName())),
        pax.text("gname").orElseGet(() -> RawText.decode(header.groupName())));
  }

  private static long require(OptionalLong number, String what) {
    return number.orElseThrow(() -> new MalformedException("no valid " + what));
  }

  private static int id(Optional<String> pax, OptionalLong field, String what) {
    return number32(pax.isPresent() ? decimal(pax.get()) : field, what);
  }

  /** A number of 32 bits, unsigned; some programs write a small negative one. */
  static int number32(OptionalLong number, String what) {
    long value = require(number, what);
    if (value < Integer.MIN_VALUE || value >= 1L << 32) {
      throw new MalformedException("no valid " + what + ": " + value);
    }
    return (int) value;
  }

  /** A number in decimal digits, of no more than eighteen. */
  static OptionalLong decimal(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.isEmpty()
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private List<Attribute> attributes(PaxRecords pax, RawPath path) {
    TreeMap<FileName, byte[]> found = new TreeMap<>();
    for (AclText.Place place : AclText.Place.values()) {
      pax.text(place.record)
          .ifPresent(text -> put(found, place.attribute, AclText.parse(text, host), path));
    }
    pax.get(SELINUX).ifPresent(value -> put(found, "security.selinux", value, path));
    pax.withPrefix(
        LIBARCHIVE, (name, value) -> put(found, percentDecoded(name), base64(value), path));
    pax.withPrefix(STAR, (name, value) -> put(found, percentDecoded(name), value, path));
    List<Attribute> attributes = new ArrayList<>();
    found.forEach(
        (name, value) ->
            attributes.add(new Attribute(ByteString.of(name.bytes()), ByteString.of(value))));
    return attributes;
  }

  private void put(Map<FileName, byte[]> found, String name, byte[] value, RawPath path) {
    FileName key = FileName.of(name);
    if (key.length() == 0
        || key.length() > FileName.MAX_LENGTH
        || value.length > Attribute.MAX_VALUE) {
      throw archive.damaged(path + " has an attribute that no file can have");
    }
    found.put(key, value);
  }

  /** GNU tar writes %3D and %25 for the two characters that a key cannot have; libarchive more. */
  private static String percentDecoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static byte[] base64(byte[] text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("an attribute that is no base64");
    }
  }
}
