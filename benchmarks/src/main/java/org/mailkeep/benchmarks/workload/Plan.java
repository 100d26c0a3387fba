package org.mailkeep.benchmarks.workload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Who gets which message when: all that is random about a store beside the messages themselves. */
record Plan(Workload workload, List<Mailbox> mailboxes, List<Delivery> deliveries) {

  private static final long FIRST = 1_704_067_200; // 2024-01-01
  private static final long SPAN = 63_072_000; // two years
  private static final String[] FLAGS = {"S", "S", "S", "RS", "FS", "PS", "", "ST"};

  /** A mailbox and where its home stands below the store's top. */
  record Mailbox(String user, String domain, String home) {}

  /** One message in one mailbox; without flags it still lies in new. */
  record Delivery(
      long message, int mailbox, String folder, long date, int pid, boolean isNew, String flags) {}

  /** The plan of a whole store, or of a share of it: fewer messages for fewer mailboxes. */
  static Plan of(Workload workload, double share) {
    List<Mailbox> mailboxes = new ArrayList<>();
    int count = scaled(workload.mailboxes, share);
    for (int i = 0; i < count; i++) {
      mailboxes.add(mailbox(workload, i));
    }
    return new Plan(workload, mailboxes, deliveries(workload, count, share));
  }

  static int scaled(int full, double share) {
    return Math.max(1, (int) Math.round(full * share));
  }

  private static Mailbox mailbox(Workload workload, int number) {
    int domainNumber = number % workload.domains;
    String domain = "domain" + domainNumber + ".example.org";
    String user = "user" + (10_000 + number);
    int bucket = number / workload.domains % workload.buckets;
    return new Mailbox(user, domain, "home/vpopmail/domains/" + domain + "/" + bucket + "/" + user);
  }

  private static List<Delivery> deliveries(Workload workload, int mailboxes, double share) {
    SplittableRandom random = Seeds.stream("plan " + workload.label(), 0);
    int total = scaled(workload.deliveries, share);
    int messages = scaled(workload.messages, share);
    List<Delivery> deliveries = new ArrayList<>(total);
    for (long message = 0; deliveries.size() < total; message++) {
      int left = total - deliveries.size();
      double mean = (double) left / Math.max(1, messages - message);
      int copies = copies(workload, random, mean);
      Set<Integer> recipients = new LinkedHashSet<>();
      while (recipients.size() < Math.min(copies, Math.min(left, mailboxes))) {
        // A few large mailboxes, many small ones.
        recipients.add((int) (mailboxes * Math.pow(random.nextDouble(), 1.6)));
      }
      long date = FIRST + (long) ((double) SPAN * deliveries.size() / total);
      for (int recipient : recipients) {
        deliveries.add(delivery(workload, random, message, recipient, date++));
      }
    }
    return deliveries;
  }

  private static int copies(Workload workload, SplittableRandom random, double mean) {
    if (workload.messages > 0) {
      return 1 + random.nextInt(Math.max(1, (int) Math.round(2 * (mean - 1)) + 1));
    }
    return Seeds.chance(random, workload.several) ? 2 + random.nextInt(5) : 1;
  }

  private static Delivery delivery(
      Workload workload, SplittableRandom random, long message, int mailbox, long date) {
    boolean elsewhere = !workload.folders().isEmpty() && Seeds.chance(random, 0.35);
    String folder =
        elsewhere ? workload.folders().get(random.nextInt(workload.folders().size())) : "";
    boolean isNew = workload != Workload.FAT && !elsewhere && Seeds.chance(random, 0.05);
    String flags = FLAGS[random.nextInt(FLAGS.length)];
    return new Delivery(message, mailbox, folder, date, 300 + random.nextInt(32_000), isNew, flags);
  }
}
