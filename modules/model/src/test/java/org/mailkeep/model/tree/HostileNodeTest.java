package org.mailkeep.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/** Bytes made to fill the reader's memory. */
final class HostileNodeTest {

  private static final int MAX_CHUNK = 16 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void a_huge_number_of_entries_or_children_takes_no_memory() {
    for (int level : new int[] {0, 1, 12}) {
      for (long count : new long[] {100, Integer.MAX_VALUE, 1L << 40, -1}) {
        byte[] bytes = new ByteWriter().u8(level).varint(count).u64(0).toByteArray();
        long allocated = allocatedBy(bytes);
        assertThat(allocated).isLessThan(64 << 10);
      }
    }
  }

  @Test
  void a_large_node_of_nothing_but_a_count_takes_memory_in_proportion() {
    byte[] bytes = new byte[MAX_CHUNK];
    byte[] head = new ByteWriter().u8(0).varint(MAX_CHUNK / 6 - 6).toByteArray();
    System.arraycopy(head, 0, bytes, 0, head.length);
    assertThat(allocatedBy(bytes)).isLessThan(4L * MAX_CHUNK);
  }

  @Test
  void entries_that_all_refer_to_one_large_set_of_attributes_share_it() {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      attributes.add(new Attribute(ByteString.of(""), ByteString.of("")));
    }
    Metadata metadata = new Metadata(0, 0, 0, 0, 0, attributes);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      FileName name = FileName.of(Integer.toString(100_000 + i));
      entries.add(new Entry(name, metadata, new Body.Fifo(), 0));
    }
    Node node = new Node.Leaf(entries);
    byte[] bytes = NodeCodec.encode(node);
    assertThat(bytes.length).isLessThan(1 << 20);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Node again = NodeCodec.decode(bytes);
    // Copies of the set would be 5,000 times 16 KB and more.
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    assertThat(again).isInstanceOf(Node.Leaf.class);
  }

  private static long allocatedBy(byte[] bytes) {
    assertThatThrownBy(() -> NodeCodec.decode(bytes)).isInstanceOf(MalformedException.class);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Object _ = NodeCodec.decode(bytes);
      throw new AssertionError("It was read");
    } catch (MalformedException e) {
      return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
  }
}
