package org.mailkeep.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

final class SealingTest {

  private static final byte[] PLACE = {7};
  private static final int PACK = 1;

  private final SeededRandom random = new SeededRandom(99);
  private final FullKeys keys = FullKeys.generate(random);
  private final SealingSession session = keys.startSealing(random);
  private final byte[] message = random.bytes(300);

  @SeededTest
  void what_a_writer_seals_only_the_holder_of_full_keys_opens(long seed) {
    SeededRandom seeded = new SeededRandom(seed);
    FullKeys full = FullKeys.generate(seeded);
    KeySet writer = KeySet.decode(full.writer().encode());
    SealingSession writing = writer.startSealing(seeded);
    BlockSealer object = writing.newObject(PACK);
    byte[] sealed = object.seal(0, PLACE, message);
    Envelope stored = reread(writing.envelope());
    assertThat(stored).isEqualTo(writing.envelope());
    assertThat(full.opener().open(stored, object.id(), PACK).open(0, PLACE, sealed))
        .isEqualTo(message);
    for (Purpose purpose : Purpose.values()) {
      assertBroken(writer.symmetricOpener(purpose, object.id()), sealed);
    }
  }

  @Test
  void an_object_never_opens_under_another_id_kind_or_session() {
    BlockSealer object = session.newObject(PACK);
    byte[] sealed = object.seal(0, PLACE, message);
    Opener opener = keys.opener();
    Envelope envelope = session.envelope();
    assertBroken(opener.open(envelope, session.newObject(PACK).id(), PACK), sealed);
    for (int bit = 0; bit < 256; bit++) {
      byte[] id = Broken.flip(object.id().bytes(), bit);
      assertBroken(opener.open(envelope, ObjectId.read(new ByteReader(id)), PACK), sealed);
    }
    for (int kind = 0; kind < 256; kind++) {
      if (kind != PACK) {
        assertBroken(opener.open(envelope, object.id(), kind), sealed);
      }
    }
    Envelope other = keys.startSealing(random).envelope();
    assertBroken(opener.open(other, object.id(), PACK), sealed);
  }

  @Test
  void an_envelope_with_any_bit_changed_opens_nothing() {
    BlockSealer object = session.newObject(PACK);
    byte[] sealed = object.seal(0, PLACE, message);
    Opener opener = keys.opener();
    byte[] bytes = bytes(session.envelope());
    for (int bit = 0; bit < 8 * bytes.length; bit += bit < 8 * 48 ? 1 : 9) {
      Envelope changed = Envelope.read(new ByteReader(Broken.flip(bytes, bit)));
      assertThatThrownBy(() -> opener.open(changed, object.id(), PACK).open(0, PLACE, sealed))
          .isInstanceOf(bit < 64 ? KeyException.class : SealBrokenException.class);
    }
  }

  @Test
  void a_short_envelope_is_malformed() {
    byte[] bytes = bytes(session.envelope());
    assertThat(bytes).hasSize(Envelope.LENGTH);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Envelope.read(new ByteReader(cut)))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void an_envelope_without_a_real_public_key_is_broken() {
    byte[] bytes = bytes(session.envelope());
    Arrays.fill(bytes, 8, 40, (byte) 0);
    Envelope zero = Envelope.read(new ByteReader(bytes));
    assertThatThrownBy(() -> keys.opener().open(zero, session.newObject(PACK).id(), PACK))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void nobody_who_only_knows_the_public_key_can_seal() {
    KeySet stranger = new WriterKeys(SharedSecrets.generate(random), keys.writer().publicKeys);
    SealingSession forging = stranger.startSealing(random);
    BlockSealer object = forging.newObject(PACK);
    byte[] forged = object.seal(0, PLACE, message);
    assertBroken(keys.opener().open(forging.envelope(), object.id(), PACK), forged);
  }

  @Test
  void after_a_change_of_keys_old_and_new_objects_open_and_old_keys_say_what_they_lack() {
    FullKeys changed = keys.withNewDataKey(random);
    BlockSealer old = session.newObject(PACK);
    byte[] oldSealed = old.seal(0, PLACE, message);
    SealingSession later = changed.writer().startSealing(random);
    BlockSealer young = later.newObject(PACK);
    byte[] youngSealed = young.seal(0, PLACE, message);
    Opener opener = changed.opener();
    assertThat(opener.open(session.envelope(), old.id(), PACK).open(0, PLACE, oldSealed))
        .isEqualTo(message);
    assertThat(opener.open(later.envelope(), young.id(), PACK).open(0, PLACE, youngSealed))
        .isEqualTo(message);
    assertThatThrownBy(() -> keys.opener().open(later.envelope(), young.id(), PACK))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(changed.dataKeys().getLast().toString());
  }

  @Test
  void an_opener_that_has_seen_many_sessions_still_opens_the_first() {
    Opener opener = keys.opener();
    List<SealingSession> sessions = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      sessions.add(keys.startSealing(random));
    }
    for (int round = 0; round < 2; round++) {
      for (SealingSession each : sessions) {
        BlockSealer object = each.newObject(PACK);
        byte[] sealed = object.seal(0, PLACE, message);
        assertThat(opener.open(each.envelope(), object.id(), PACK).open(0, PLACE, sealed))
            .isEqualTo(message);
      }
    }
  }

  @Test
  void threads_share_a_session_an_opener_and_an_object_to_read() throws Exception {
    Opener opener = keys.opener();
    BlockSealer common = session.newObject(PACK);
    byte[] first = common.seal(0, PLACE, message);
    BlockOpener reading = opener.open(session.envelope(), common.id(), PACK);
    Callable<Boolean> work =
        () -> {
          for (int i = 0; i < 200; i++) {
            BlockSealer object = session.newObject(PACK);
            byte[] sealed = object.seal(i, PLACE, message);
            BlockOpener own = opener.open(session.envelope(), object.id(), PACK);
            assertThat(own.open(i, PLACE, sealed)).isEqualTo(message);
            assertThat(reading.open(0, PLACE, first)).isEqualTo(message);
          }
          return true;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> done : threads.invokeAll(List.of(work, work, work, work))) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  @Test
  void what_is_sealed_symmetrically_opens_with_every_key_set_for_its_purpose_and_id_only() {
    ObjectId id = ObjectId.generate(random);
    byte[] sealed = keys.symmetricSealer(Purpose.INDEX, id).seal(0, PLACE, message);
    KeySet writer = keys.writer();
    assertThat(writer.symmetricOpener(Purpose.INDEX, id).open(0, PLACE, sealed)).isEqualTo(message);
    for (Purpose purpose : Purpose.values()) {
      if (purpose != Purpose.INDEX) {
        assertBroken(writer.symmetricOpener(purpose, id), sealed);
      }
    }
    assertBroken(writer.symmetricOpener(Purpose.INDEX, ObjectId.generate(random)), sealed);
    KeySet others = FullKeys.generate(random);
    assertBroken(others.symmetricOpener(Purpose.INDEX, id), sealed);
  }

  @Test
  void kinds_are_bytes() {
    assertThatThrownBy(() -> session.newObject(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.newObject(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @SeededTest
  void ids_are_read_as_they_were_written(long seed) {
    SeededRandom seeded = new SeededRandom(seed);
    ObjectId object = ObjectId.generate(seeded);
    assertThat(ObjectId.parse(object.toString())).contains(object);
    assertThat(ObjectId.read(new ByteReader(object.bytes()))).isEqualTo(object);
    RepositoryId repository = RepositoryId.generate(seeded);
    ByteWriter out = new ByteWriter();
    repository.write(out);
    assertThat(RepositoryId.read(new ByteReader(out.toByteArray()))).isEqualTo(repository);
    assertThat(repository.toString()).hasSize(32).matches("[0-9a-f]+");
    assertThat(ObjectId.parse(object.toString().toUpperCase(Locale.ROOT) + "A")).isEmpty();
  }

  private void assertBroken(BlockOpener opener, byte[] sealed) {
    assertThatThrownBy(() -> opener.open(0, PLACE, sealed)).isInstanceOf(SealBrokenException.class);
  }

  private static byte[] bytes(Envelope envelope) {
    ByteWriter out = new ByteWriter();
    envelope.write(out);
    return out.toByteArray();
  }

  private static Envelope reread(Envelope envelope) {
    ByteReader in = new ByteReader(bytes(envelope));
    Envelope read = Envelope.read(in);
    in.end();
    return read;
  }
}
