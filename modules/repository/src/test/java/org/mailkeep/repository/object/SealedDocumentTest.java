package org.mailkeep.repository.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.crypto.BlockSealer;
import org.mailkeep.crypto.Envelope;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.Opener;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.object.SealedDocument.Sealed;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.property.Mutation;
import org.mailkeep.testkit.property.Mutations;

final class SealedDocumentTest {

  private static final FullKeys KEYS = TestRepository.KEYS;
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final Opener opener = KEYS.opener();
  private final ObjectId id = new ObjectId(1, 2, 3, 4);
  private final Sealed sealed =
      SealedDocument.seal(ObjectKind.SNAPSHOT, KEYS.startSealing(), CONTENT);
  private final Sealed symmetric =
      SealedDocument.sealSymmetric(ObjectKind.INDEX, KEYS, Purpose.INDEX, id, CONTENT);

  @Test
  void what_was_sealed_is_opened() {
    assertThat(open(sealed.id(), sealed.bytes())).isEqualTo(CONTENT);
    assertThat(openSymmetric(id, symmetric.bytes())).isEqualTo(CONTENT);
    byte[] nothing =
        SealedDocument.sealSymmetric(ObjectKind.INDEX, KEYS, Purpose.INDEX, id, new byte[0])
            .bytes();
    assertThat(openSymmetric(id, nothing)).isEmpty();
  }

  @Test
  void a_file_is_header_envelope_and_sealed_content() {
    assertThat(sealed.bytes())
        .startsWith('M', 'K', 'E', 'P', 1, 3, 0, 0)
        .hasSize(40 + Envelope.LENGTH + CONTENT.length + BlockSealer.OVERHEAD);
    assertThat(symmetric.bytes())
        .startsWith('M', 'K', 'E', 'P', 1, 2, 0, 0)
        .hasSize(40 + CONTENT.length + BlockSealer.OVERHEAD);
  }

  @Test
  void every_damage_to_a_symmetric_object_is_found_and_named() {
    Mutations.of(symmetric.bytes())
        .forEach(
            mutation ->
                assertNoticed(
                    mutation, ObjectKind.INDEX, id, () -> openSymmetric(id, mutation.bytes())));
  }

  @Test
  void every_damage_to_a_sealed_object_is_found_and_named() {
    // A changed envelope costs a decapsulation, so these are some of the changes.
    int[] count = {0};
    Mutations.of(sealed.bytes())
        .filter(mutation -> count[0]++ % 13 == 0 || mutation.what().startsWith("cut"))
        .forEach(
            mutation ->
                assertNoticed(
                    mutation,
                    ObjectKind.SNAPSHOT,
                    sealed.id(),
                    () -> open(sealed.id(), mutation.bytes())));
  }

  private static void assertNoticed(
      Mutation mutation, ObjectKind kind, ObjectId id, Runnable open) {
    assertThatThrownBy(open::run)
        .as(mutation.what())
        .isInstanceOfAny(DamagedException.class, TooNewException.class)
        .isInstanceOfSatisfying(
            MailkeepException.class,
            e -> assertThat(e).hasMessageStartingWith(ObjectNames.of(kind, id).toString()));
  }

  @Test
  void an_object_does_not_open_as_another_or_as_another_kind_or_purpose() {
    ObjectId other = new ObjectId(9, 9, 9, 9);
    assertThatThrownBy(() -> open(other, sealed.bytes())).isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> openSymmetric(other, symmetric.bytes()))
        .isInstanceOf(DamagedException.class);
    byte[] renamed = symmetric.bytes().clone();
    System.arraycopy(other.bytes(), 0, renamed, 8, ObjectId.LENGTH);
    assertThatThrownBy(() -> openSymmetric(other, renamed)).isInstanceOf(DamagedException.class);
    assertThatThrownBy(
            () ->
                SealedDocument.openSymmetric(
                    ObjectKind.PACK, KEYS, Purpose.INDEX, id, symmetric.bytes()))
        .isInstanceOf(DamagedException.class);
    assertThatThrownBy(
            () ->
                SealedDocument.openSymmetric(
                    ObjectKind.INDEX, KEYS, Purpose.STATE, id, symmetric.bytes()))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void other_keys_open_nothing() {
    FullKeys others = FullKeys.generate(new SecureRandom());
    assertThatThrownBy(
            () ->
                SealedDocument.open(
                    ObjectKind.SNAPSHOT, others.opener(), sealed.id(), sealed.bytes()))
        .isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> SealedDocument.opener(KEYS.writer())).isInstanceOf(KeyException.class);
  }

  @Test
  void packs_stand_in_256_folders_and_other_objects_in_one() {
    String hex = id.toString();
    assertThat(ObjectNames.of(ObjectKind.PACK, id)).hasToString("packs/00/" + hex);
    assertThat(ObjectNames.of(ObjectKind.INDEX, id)).hasToString("index/" + hex);
    assertThat(ObjectNames.of(ObjectKind.SNAPSHOT, id)).hasToString("snapshots/" + hex);
    for (ObjectKind kind : ObjectKind.values()) {
      assertThat(ObjectNames.id(kind, ObjectNames.of(kind, id))).hasValue(id);
      assertThat(ObjectNames.folder(kind).contains(ObjectNames.of(kind, id))).isTrue();
    }
  }

  @Test
  void a_name_in_the_wrong_place_is_no_object() {
    String hex = id.toString();
    for (String name : new String[] {hex, "packs/" + hex, "packs/01/" + hex, "packs/00/00"}) {
      assertThat(ObjectNames.id(ObjectKind.PACK, ObjectName.of(name))).isEmpty();
    }
    assertThat(ObjectNames.id(ObjectKind.INDEX, ObjectName.of("index/sub/" + hex))).isEmpty();
    assertThat(ObjectNames.id(ObjectKind.INDEX, ObjectName.of("snapshots/" + hex))).isEmpty();
  }

  private byte[] open(ObjectId name, byte[] bytes) {
    return SealedDocument.open(ObjectKind.SNAPSHOT, opener, name, bytes);
  }

  private static byte[] openSymmetric(ObjectId name, byte[] bytes) {
    return SealedDocument.openSymmetric(ObjectKind.INDEX, KEYS, Purpose.INDEX, name, bytes);
  }
}
