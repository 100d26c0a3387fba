package org.mailkeep.testkit.mail;

import java.util.List;
import java.util.SplittableRandom;

/** Text and names that compress about as real ones do. */
final class Words {

  private static final List<String> WORDS =
      List.of(
          ("the of and to a in is that for it with as was on be at by this have from or an are not"
                  + " but we you they will can if all there which their has more one when time out"
                  + " meeting invoice project please attached regards thank order number delivery"
                  + " customer question answer tomorrow monday friday week report budget contract"
                  + " server account password update problem system office phone address today"
                  + " schedule payment document version review change request Zürich café naïve")
              .split(" "));
  private static final List<String> NAMES =
      List.of("alice bob carol dave erin frank grace heidi ivan judy mallory olivia".split(" "));
  private static final List<String> HOSTS =
      List.of("mail.example.net smtp.example.org mx1.example.edu relay.invalid".split(" "));

  private Words() {}

  static String word(SplittableRandom random) {
    // A draw below a draw: early words are more frequent, as in any language.
    return WORDS.get(random.nextInt(random.nextInt(WORDS.size()) + 1));
  }

  static String sentence(SplittableRandom random) {
    StringBuilder text = new StringBuilder(word(random));
    for (int left = random.nextInt(3, 14); left > 0; left--) {
      text.append(' ').append(word(random));
    }
    return text.append('.').toString();
  }

  /** Lines of text, each ended by a line feed. */
  static String paragraphs(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(1, 30); left > 0; left--) {
      text.append(sentence(random)).append(random.nextInt(6) == 0 ? "\n\n" : "\n");
    }
    return text.toString();
  }

  static String host(SplittableRandom random) {
    return HOSTS.get(random.nextInt(HOSTS.size()));
  }

  static String address(SplittableRandom random) {
    return NAMES.get(random.nextInt(NAMES.size())) + "@" + host(random);
  }

  static String ip(SplittableRandom random) {
    return "192.0.2." + random.nextInt(1, 255);
  }
}
