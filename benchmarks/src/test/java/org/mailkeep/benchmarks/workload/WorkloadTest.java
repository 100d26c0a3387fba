package org.mailkeep.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stores that are measured, in small and from a corpus of a few sentences. */
final class WorkloadTest {

  private static final double SHARE = 0.002;

  @ParameterizedTest
  @EnumSource(Workload.class)
  void the_same_store_comes_out_every_time(Workload workload, @TempDir Path folder)
      throws IOException {
    Map<String, Integer> first = made(workload, folder.resolve("first"));
    assertThat(first).isNotEmpty().isEqualTo(made(workload, folder.resolve("second")));
  }

  @Test
  void the_full_store_has_its_stated_shape() {
    Plan plan = Plan.of(Workload.STORE, 1);
    assertThat(plan.mailboxes()).hasSize(664);
    assertThat(plan.mailboxes().stream().map(Plan.Mailbox::domain).distinct()).hasSize(8);
    assertThat(plan.deliveries()).hasSize(95_383);
  }

  @Test
  void lists_deliver_13000_messages_60000_times() {
    Plan plan = Plan.of(Workload.LISTS, 1);
    assertThat(plan.deliveries()).hasSize(60_000);
    long messages = plan.deliveries().stream().mapToLong(Plan.Delivery::message).distinct().count();
    assertThat(messages).isBetween(12_900L, 13_100L);
  }

  @Test
  void copies_differ_only_in_the_lines_that_delivery_put_on_top() {
    Plan plan = Plan.of(Workload.LISTS, 0.02);
    MessageSource source = Workload.LISTS.source(corpus());
    Map<Long, String> seen = new TreeMap<>();
    int copies = 0;
    for (Plan.Delivery delivery : plan.deliveries()) {
      Plan.Mailbox mailbox = plan.mailboxes().get(delivery.mailbox());
      String text = text(Store.message(source, mailbox, delivery));
      String shared = text.split("\n", 6)[5];
      String before = seen.put(delivery.message(), shared);
      if (before != null) {
        assertThat(shared).isEqualTo(before);
        copies++;
      }
    }
    assertThat(copies).isPositive();
  }

  @Test
  void a_file_is_encoded_in_lines_of_76_columns() {
    Attachment attachment = new Attachment(Attachment.Kind.OFFICE, 1, 10_000);
    Bytes out = new Bytes(20_000);
    attachment.addEncoded(out, 76, "\n");
    List<String> lines = text(out.toArray()).lines().toList();
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.length() == 76);
    assertThat(attachment.content()).isEqualTo(attachment.content()).hasSize(10_000);
  }

  @Test
  void a_day_delivers_renames_and_deletes(@TempDir Path folder) throws IOException {
    Map<String, Integer> before = made(Workload.STORE, folder);
    Plan plan = Plan.of(Workload.STORE, SHARE);
    new Touch(folder, plan, Workload.STORE.source(corpus()), 1).apply(0.05);
    Map<String, Integer> after = listed(folder);
    assertThat(after.keySet()).isNotEqualTo(before.keySet());
    assertThat(after.keySet().stream().filter(before::containsKey)).isNotEmpty();
  }

  private static Map<String, Integer> made(Workload workload, Path top) throws IOException {
    Files.createDirectories(top);
    new Store(top, Plan.of(workload, SHARE), workload.source(corpus())).write();
    return listed(top);
  }

  /** Every file with a digest of its content. */
  private static Map<String, Integer> listed(Path top) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(top)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(top.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static Corpus corpus() {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String body = ("Sentence " + i + " of a message\nthat has lines and words. ").repeat(20);
      String header =
          "Return-Path: <a@example.org>\nReceived: by host id x1y2z3" + i + "\nFrom: b\n";
      messages.add((header + "\n" + body + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    return Corpus.of(messages);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
