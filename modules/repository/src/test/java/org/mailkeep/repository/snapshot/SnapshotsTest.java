package org.mailkeep.repository.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.snapshot.ManifestCodec;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;

final class SnapshotsTest {

  private static final FullKeys KEYS = TestRepository.KEYS;

  private final MemoryStorage storage = new MemoryStorage();
  private final Snapshots snapshots = new Snapshots(storage, KEYS);
  private final SealingSession session = KEYS.startSealing();
  private final List<MailkeepException> damaged = new ArrayList<>();

  @Test
  void there_are_none_at_first() {
    assertThat(snapshots.list(damaged::add)).isEmpty();
    assertThat(damaged).isEmpty();
  }

  @Test
  void snapshots_are_listed_the_oldest_first() {
    Snapshot newest = save("2026-03-01T00:00:00Z");
    Snapshot oldest = save("1969-12-31T23:59:59Z");
    Snapshot middle = save("2026-02-01T00:00:00Z");
    assertThat(snapshots.list(damaged::add)).containsExactly(oldest, middle, newest);
    assertThat(snapshots.load(middle.id())).isEqualTo(middle);
    assertThat(snapshots.ids()).containsExactlyInAnyOrder(newest.id(), oldest.id(), middle.id());
    assertThat(snapshots.size(middle.id())).isGreaterThan(1000);
  }

  @Test
  void a_damaged_snapshot_is_reported_by_name_and_the_others_are_listed() {
    Snapshot good = save("2026-03-01T00:00:00Z");
    Snapshot bad = save("2026-03-02T00:00:00Z");
    byte[] bytes = storage.get(name(bad.id()));
    bytes[bytes.length - 1] ^= 1;
    storage.overwrite(name(bad.id()), bytes);
    assertThat(snapshots.list(damaged::add)).containsExactly(good);
    assertThat(damaged)
        .singleElement()
        .matches(e -> e.getMessage().startsWith(name(bad.id()) + " is damaged"));
  }

  @Test
  void a_snapshot_under_the_name_of_another_is_damaged() {
    Snapshot one = save("2026-03-01T00:00:00Z");
    Snapshot two = save("2026-03-02T00:00:00Z");
    storage.overwrite(name(two.id()), storage.get(name(one.id())));
    assertThat(snapshots.list(damaged::add)).containsExactly(one);
    assertThat(damaged).hasSize(1);
  }

  @Test
  void a_sealed_snapshot_that_is_no_manifest_is_damaged() {
    ObjectId id = put(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> snapshots.load(id)).isInstanceOf(DamagedException.class);
  }

  @Test
  void a_snapshot_with_a_field_that_must_be_understood_is_too_new() {
    byte[] manifest = ManifestCodec.encode(Manifests.of("2026-03-01T00:00:00Z"));
    ObjectId id = put(new ByteWriter().raw(manifest).varint(1001).varint(0).toByteArray());
    assertThatThrownBy(() -> snapshots.load(id))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining(id.toString());
  }

  @Test
  void a_snapshot_that_is_not_there_is_not_found() {
    assertThatThrownBy(() -> snapshots.load(new ObjectId(1, 2, 3, 4)))
        .isInstanceOf(NotFoundException.class);
    assertThat(snapshots.size(new ObjectId(1, 2, 3, 4))).isZero();
  }

  @Test
  void a_writer_saves_snapshots_and_does_not_read_them() {
    Snapshots writer = new Snapshots(storage, KEYS.writer());
    Snapshot saved =
        writer.save(Manifests.of("2026-03-01T00:00:00Z"), KEYS.writer().startSealing());
    assertThat(writer.ids()).containsExactly(saved.id());
    assertThatThrownBy(() -> writer.load(saved.id())).isInstanceOf(KeyException.class);
    assertThat(snapshots.load(saved.id())).isEqualTo(saved);
  }

  @Test
  void foreign_files_beside_snapshots_are_no_concern() {
    storage.overwrite(ObjectName.of("snapshots/readme.txt"), new byte[3]);
    Snapshot good = save("2026-03-01T00:00:00Z");
    assertThat(snapshots.list(damaged::add)).containsExactly(good);
    assertThat(damaged).isEmpty();
  }

  private Snapshot save(String time) {
    return snapshots.save(Manifests.of(time), session);
  }

  private ObjectId put(byte[] content) {
    SealedDocument.Sealed sealed = SealedDocument.seal(ObjectKind.SNAPSHOT, session, content);
    storage.overwrite(name(sealed.id()), sealed.bytes());
    return sealed.id();
  }

  private static ObjectName name(ObjectId id) {
    return ObjectNames.of(ObjectKind.SNAPSHOT, id);
  }
}
