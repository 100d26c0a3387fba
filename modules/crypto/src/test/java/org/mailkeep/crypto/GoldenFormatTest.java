package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * Version 1 as it was first written. If one of these fails, repositories that exist can no longer
 * be read, or by older programs no longer: the answer is a new version, never new bytes here.
 */
final class GoldenFormatTest {

  private static final byte[] MESSAGE =
      "Subject: golden\r\n\r\nsealed once\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLACE = "packs/1".getBytes(StandardCharsets.US_ASCII);
  private static final int KIND = 7;
  private static final long NUMBER = 42;

  private final Properties golden = new Properties();
  private final SeededRandom random = new SeededRandom(20261123);
  private final FullKeys keys = FullKeys.generate(random);
  private final Passphrase passphrase = Passphrase.of("gr\u00fcn \u2602".toCharArray());

  @BeforeEach
  void load() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("golden.properties")) {
      golden.load(in);
    }
  }

  @Test
  void the_frozen_slot_is_still_written_and_opens() {
    NewSlot slot =
        new NewSlot(
            RepositoryId.generate(random), keys, "golden", Instant.parse("2026-11-23T00:00:00Z"));
    byte[] written = slot.lock(passphrase, new Argon2Cost(64, 2, 2), random).encode();
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(golden.getProperty("slot"));
    assertThat(KeySlot.parse("keys/golden", frozen("slot")).open(passphrase)).hasValue(keys);
  }

  @Test
  void the_frozen_object_is_still_written_and_opens() {
    SealingSession session = keys.startSealing(random);
    BlockSealer object = session.newObject(KIND);
    ByteWriter written = new ByteWriter();
    session.envelope().write(written);
    object.id().write(written);
    written.raw(object.seal(NUMBER, PLACE, MESSAGE));
    assertThat(HexFormat.of().formatHex(written.toByteArray()))
        .isEqualTo(golden.getProperty("object"));

    ByteReader in = new ByteReader(frozen("object"));
    BlockOpener opener = keys.opener().open(Envelope.read(in), ObjectId.read(in), KIND);
    assertThat(opener.open(NUMBER, PLACE, in.raw(in.remaining()))).isEqualTo(MESSAGE);
  }

  @Test
  void symmetric_seals_and_codes_are_still_the_frozen_ones() {
    for (Purpose purpose : Purpose.values()) {
      BlockSealer sealer = keys.symmetricSealer(purpose, new ObjectId(1, 2, 3, 4));
      ByteWriter written =
          new ByteWriter()
              .raw(sealer.seal(NUMBER, PLACE, MESSAGE))
              .raw(keys.mac(purpose, PLACE, MESSAGE));
      assertThat(HexFormat.of().formatHex(written.toByteArray()))
          .isEqualTo(golden.getProperty(purpose.name()));
    }
  }

  @Test
  void chunk_ids_and_key_texts_are_still_the_frozen_ones() {
    assertThat(keys.hasher().id(MESSAGE, 0, MESSAGE.length))
        .hasToString(golden.getProperty("chunk"));
    KeyFile file = KeyFile.generate(new SeededRandom(1));
    assertThat(file.text().strip()).isEqualTo(golden.getProperty("keyfile"));
  }

  private byte[] frozen(String name) {
    return Broken.hex(golden.getProperty(name));
  }
}
