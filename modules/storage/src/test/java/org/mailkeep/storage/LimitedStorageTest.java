package org.mailkeep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.testkit.property.Property;

class LimitedStorageTest extends StorageContract {

  private static final long SECOND = 1_000_000_000;
  private static final int MIB = 1 << 20;
  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");

  /** So fast that the contract's objects pass without waiting long. */
  @Override
  protected Storage create() {
    return new LimitedStorage(new MemoryStorage(), 1L << 30, new StillClock());
  }

  /** A clock on which time passes only while somebody waits, and then, if told so, too long. */
  private static final class StillClock implements Pace.Clock {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
    private long late;

    @Override
    public long nanos() {
      return now.get();
    }

    @Override
    public void pause(long nanos) {
      now.addAndGet(nanos + late);
    }
  }

  /** When a piece arrived, and how large it was. */
  private record Arrival(long nanos, int bytes) {}

  /** Notes what arrives. */
  private static final class Meter extends ForwardingStorage {
    private final StillClock clock;
    private final long start;
    private final List<Arrival> arrivals = new ArrayList<>();

    Meter(StillClock clock) {
      super(new MemoryStorage());
      this.clock = clock;
      this.start = clock.nanos();
    }

    @Override
    public void put(ObjectName name, ObjectContent content) {
      for (ByteBuffer piece : content) {
        arrivals.add(new Arrival(clock.nanos() - start, piece.remaining()));
      }
    }

    long bytes() {
      return arrivals.stream().mapToLong(Arrival::bytes).sum();
    }

    double seconds() {
      return arrivals.getLast().nanos / (double) SECOND;
    }

    /** The most bytes that arrived within any second. */
    long mostInASecond() {
      long most = 0;
      for (Arrival first : arrivals) {
        long sum = 0;
        for (Arrival other : arrivals) {
          long after = other.nanos - first.nanos;
          sum += after >= 0 && after < SECOND ? other.bytes : 0;
        }
        most = Math.max(most, sum);
      }
      return most;
    }
  }

  @Test
  void a_large_object_arrives_in_pieces_at_the_rate() {
    StillClock clock = new StillClock();
    Meter meter = new Meter(clock);
    Storage limited = new LimitedStorage(meter, 2 * MIB, clock);
    limited.put(NAME, ObjectContent.of(new byte[16 * MIB]));
    assertThat(meter.bytes()).isEqualTo(16 * MIB);
    assertThat(meter.seconds()).isBetween(7.89, 8.0);
    assertThat(meter.mostInASecond()).isLessThanOrEqualTo(2 * MIB + 2 * MIB / 4);
    assertThat(meter.arrivals).allMatch(arrival -> arrival.bytes <= MIB / 2);
  }

  @Test
  void odd_rates_and_late_wakings_do_not_add_up() {
    Property.check(
        20,
        draw -> {
          StillClock clock = new StillClock();
          clock.late = draw.between(0, 50_000_000);
          Meter meter = new Meter(clock);
          long rate = draw.between(1000, 3_000_000);
          Storage limited = new LimitedStorage(meter, rate, clock);
          while (meter.arrivals.size() < 1000) {
            limited.put(NAME, ObjectContent.of(new byte[draw.between(1, 20_000)]));
          }
          double exact = meter.bytes() / (double) rate;
          assertThat(meter.seconds()).isBetween(exact - 0.1001, exact + 0.0501);
        });
  }

  @Test
  void a_rest_is_no_credit_for_a_burst() {
    StillClock clock = new StillClock();
    Meter meter = new Meter(clock);
    Storage limited = new LimitedStorage(meter, MIB, clock);
    limited.put(NAME, ObjectContent.of(new byte[MIB]));
    clock.pause(3600 * SECOND);
    limited.put(NAME, ObjectContent.of(new byte[4 * MIB]));
    assertThat(meter.mostInASecond()).isLessThanOrEqualTo(MIB + MIB / 4 + MIB / 10);
  }

  @Test
  void small_objects_share_the_rate() {
    StillClock clock = new StillClock();
    Meter meter = new Meter(clock);
    Storage limited = new LimitedStorage(meter, 1000, clock);
    for (int i = 0; i < 100; i++) {
      limited.put(NAME, ObjectContent.of(new byte[100]));
    }
    assertThat(meter.seconds()).isBetween(9.89, 10.0);
  }

  @Test
  void a_put_that_is_interrupted_stores_nothing() {
    MemoryStorage inner = new MemoryStorage();
    Storage limited = new LimitedStorage(inner, 1000, new StillClock());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> limited.put(NAME, ObjectContent.of(new byte[5000])))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(inner.size(NAME)).isEmpty();
  }
}
