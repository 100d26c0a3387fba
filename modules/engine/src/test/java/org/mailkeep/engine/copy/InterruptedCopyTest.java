package org.mailkeep.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * A copy that is killed at any operation, of the source or of the target, leaves whole snapshots
 * only; the next one completes it, with what the host remembers and without.
 */
@Timeout(300)
final class InterruptedCopyTest {

  @TempDir private Path temp;
  private CopyFixture fixture;
  private FullKeys keys;

  @BeforeEach
  void create() throws IOException {
    fixture = new CopyFixture(temp);
    keys = fixture.source().keys();
    for (int i = 0; i < 3; i++) {
      Object _ = fixture.snapshot();
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @Tag("slow")
  void a_target_that_goes_away_at_any_operation() throws IOException {
    for (Fault fault : new Fault[] {Fault.NOTHING_DONE, Fault.ANSWER_LOST}) {
      int n = 1;
      while (isKilledAndResumed(n, fault, false)) {
        n++;
      }
      assertThat(n).isGreaterThan(10);
    }
  }

  @Test
  @Tag("slow")
  void a_source_that_goes_away_at_any_operation() throws IOException {
    // Reads are many and alike: every third one, with what the host remembers and without in turn.
    int n = 2;
    while (isKilledAndResumed(n, Fault.NOTHING_DONE, true)) {
      n += 3;
    }
    assertThat(n).isGreaterThan(10);
  }

  /** False where the copy had no such operation. */
  private boolean isKilledAndResumed(int n, Fault fault, boolean atSource) throws IOException {
    MemoryStorage source = fixture.source().storage();
    MemoryStorage copy = fixture.sameKeys();
    Path host = fixture.newHost();
    boolean failed =
        fails(
                () ->
                    fixture.copy(
                        atSource ? FaultyStorage.from(source, n, fault) : source,
                        atSource ? copy : FaultyStorage.from(copy, n, fault),
                        keys,
                        host,
                        false))
            .isPresent();
    assertThat(fixture.check(copy, keys).isSound()).as("killed at %s", n).isTrue();
    if (n % 2 == 0) {
      fixture.forget(host);
    }
    CopyReport resumed = fixture.copy(source, copy, keys, host, false);
    assertThat(resumed.failed()).isEmpty();
    assertThat(resumed.present() + resumed.copied().size()).isEqualTo(3);
    fixture.assertExact(copy, keys);
    fixture.forget(host);
    return failed;
  }

  @Test
  @Tag("slow")
  void a_target_with_keys_of_its_own_that_goes_away_at_any_operation() throws IOException {
    for (int n = 1, failures = 1; failures > 0; n++) {
      try (TestRepository other = new TestRepository(temp.resolve("other" + n))) {
        Path host = fixture.newHost();
        int at = n;
        failures =
            fails(
                        () ->
                            fixture.copy(
                                fixture.source().storage(),
                                FaultyStorage.from(other.storage(), at, Fault.NOTHING_DONE),
                                other.keys(),
                                host,
                                false))
                    .isPresent()
                ? 1
                : 0;
        assertThat(other.check(true).isSound()).as("killed at %s", n).isTrue();
        if (n % 2 == 0) {
          fixture.forget(host);
        }
        Object _ =
            fixture.copy(fixture.source().storage(), other.storage(), other.keys(), host, false);
        fixture.assertExact(other.storage(), other.keys());
        fixture.forget(host);
      }
    }
  }

  @Test
  @Tag("slow")
  void a_target_that_loses_half_of_what_it_says_it_stored_is_found_out_and_mended()
      throws IOException {
    MemoryStorage source = fixture.source().storage();
    FaultyStorage counted = FaultyStorage.never(fixture.sameKeys());
    Object _ = fixture.copy(source, counted, keys, fixture.newHost(), true);
    for (int n = 1; n <= counted.operations(); n++) {
      MemoryStorage copy = fixture.sameKeys();
      CopyReport report =
          fixture.copy(
              source, FaultyStorage.once(copy, n, Fault.CUT), keys, fixture.newHost(), true);
      assertThat(report.copied()).hasSize(3);
      assertThat(fixture.check(copy, keys).damage()).as("cut at %s", n).isEmpty();
    }
  }

  @Test
  void a_disk_that_never_keeps_what_it_is_given_ends_the_copy() {
    MemoryStorage copy = fixture.sameKeys();
    assertThat(
            fails(
                () ->
                    fixture.copy(
                        fixture.source().storage(),
                        new Forgetful(copy),
                        keys,
                        fixture.newHost(),
                        true)))
        .get()
        .isInstanceOf(StorageException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("does not keep what is written");
  }

  private interface Action {
    Object run();
  }

  private static Optional<MailkeepException> fails(Action action) {
    try {
      Object _ = action.run();
      return Optional.empty();
    } catch (MailkeepException e) {
      return Optional.of(e);
    }
  }

  /** Stores nothing but the first half, always. */
  private static final class Forgetful extends ForwardingStorage {
    Forgetful(Storage inner) {
      super(inner);
    }

    @Override
    public void put(ObjectName name, ObjectContent content) {
      super.put(name, ObjectContent.of(new byte[(int) content.length() / 2]));
    }
  }
}
