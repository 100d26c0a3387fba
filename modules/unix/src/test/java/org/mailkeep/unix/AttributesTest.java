package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.mailkeep.unix.Sandbox.assumeRoot;
import static org.mailkeep.unix.Sandbox.failure;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.link;
import static org.mailkeep.unix.Sandbox.name;
import static org.mailkeep.unix.Sandbox.unlabelled;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;

class AttributesTest {

  private static final byte[] VALUE = {0, 1, (byte) 0xff, '\n', 0};

  @TempDir Path temporary;
  private Directory directory;
  private FileName file;

  @BeforeEach
  void open() {
    directory = Sandbox.open(temporary);
    file = file(directory, "file");
    try {
      directory.setAttribute(file, attribute("user.probe"), VALUE);
      directory.removeAttribute(file, attribute("user.probe"));
    } catch (SystemCallException e) {
      abort("no extended attributes here: " + e.getMessage());
    }
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void a_file_without_attributes_has_an_empty_list() {
    assertThat(unlabelled(directory.attributes(file))).isEmpty();
    assertThat(unlabelled(directory.attributes())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user.mailkeep", "user.caf\u00e9", "user.a/b", "trusted.mailkeep"})
  void an_attribute_of_a_name_keeps_its_bytes(String text) {
    if (text.startsWith("trusted.")) {
      assumeRoot();
    }
    byte[] attribute = attribute(text);
    directory.setAttribute(file, attribute, VALUE);
    assertThat(directory.attribute(file, attribute)).isEqualTo(VALUE);
    assertThat(unlabelled(directory.attributes(file))).containsExactly(attribute);
    directory.removeAttribute(file, attribute);
    assertThat(failure(() -> directory.attribute(file, attribute)).errno())
        .isEqualTo(Errno.ENODATA);
  }

  @Test
  void an_open_node_shows_the_attributes_of_its_name() {
    byte[] attribute = attribute("user.a");
    directory.makeDirectory(name("inner"), 0700);
    try (Directory inner = directory.openDirectory(name("inner"));
        Output output = directory.createFile(name("output"), 0600)) {
      inner.setAttribute(attribute, VALUE);
      output.setAttribute(attribute, VALUE);
    }
    assertThat(directory.attribute(name("inner"), attribute)).isEqualTo(VALUE);
    try (Input input = directory.openFile(name("output"))) {
      assertThat(unlabelled(input.attributes())).containsExactly(attribute);
      assertThat(input.attribute(attribute)).isEqualTo(VALUE);
      input.removeAttribute(attribute);
      assertThat(unlabelled(input.attributes())).isEmpty();
    }
  }

  @Test
  void values_and_lists_longer_than_usual_come_back_whole() {
    byte[] large = new byte[2500];
    large[2499] = 9;
    directory.setAttribute(file, attribute("user.large"), large);
    assertThat(directory.attribute(file, attribute("user.large"))).isEqualTo(large);
    directory.removeAttribute(file, attribute("user.large"));
    directory.setAttribute(file, attribute("user.empty"), new byte[0]);
    assertThat(directory.attribute(file, attribute("user.empty"))).isEmpty();
    for (int i = 0; i < 12; i++) {
      directory.setAttribute(file, attribute("user." + "n".repeat(200) + i), new byte[1]);
    }
    assertThat(unlabelled(directory.attributes(file))).hasSize(13);
    try (Input input = directory.openFile(file)) {
      assertThat(unlabelled(input.attributes())).hasSize(13);
    }
  }

  @Test
  void a_value_beyond_linuxs_limit_is_too_big() {
    SystemCallException failure =
        failure(() -> directory.setAttribute(file, attribute("user.a"), new byte[65537]));
    assertThat(failure.errno()).isEqualTo(Errno.E2BIG);
  }

  @Test
  void a_link_has_trusted_attributes_of_its_own() {
    assumeRoot();
    FileName link = link(directory, "link", "file");
    byte[] attribute = attribute("trusted.mailkeep");
    directory.setAttribute(link, attribute, VALUE);
    assertThat(unlabelled(directory.attributes(link))).containsExactly(attribute);
    assertThat(directory.attribute(link, attribute)).isEqualTo(VALUE);
    assertThat(unlabelled(directory.attributes(file))).isEmpty();
    assertThat(failure(() -> directory.setAttribute(link, attribute("user.a"), VALUE)).errno())
        .isEqualTo(Errno.EPERM);
  }

  @Test
  void an_access_control_list_is_kept_and_masks_the_group() {
    byte[] acl = acl();
    byte[] access = attribute("system.posix_acl_access");
    directory.mode(file, 0600);
    try {
      directory.setAttribute(file, access, acl);
    } catch (SystemCallException e) {
      abort("no access control lists here: " + e.getMessage());
    }
    assertThat(directory.attribute(file, access)).isEqualTo(acl);
    assertThat(unlabelled(directory.attributes(file))).contains(access);
    assertThat(directory.stat(file).mode()).isEqualTo(0640);
    directory.setAttribute(attribute("system.posix_acl_default"), acl);
    FileName heir = file(directory, "heir");
    assertThat(unlabelled(directory.attributes(heir))).contains(access);
  }

  /** linux/posix_acl_xattr.h: version 2, then tag, permissions and id of each entry. */
  private static byte[] acl() {
    ByteBuffer acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    acl.putShort((short) 0x01).putShort((short) 6).putInt(-1);
    acl.putShort((short) 0x02).putShort((short) 4).putInt(89);
    acl.putShort((short) 0x04).putShort((short) 4).putInt(-1);
    acl.putShort((short) 0x10).putShort((short) 4).putInt(-1);
    acl.putShort((short) 0x20).putShort((short) 0).putInt(-1);
    return acl.array();
  }

  @Test
  void a_file_system_without_attributes_has_an_empty_list() {
    try (Directory proc = Directory.open(RawPath.of("/proc/self"))) {
      assertThat(unlabelled(proc.attributes(name("status")))).isEmpty();
    }
  }

  private static byte[] attribute(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
