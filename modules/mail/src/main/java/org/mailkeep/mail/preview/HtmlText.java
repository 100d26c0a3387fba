package org.mailkeep.mail.preview;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * The text of an HTML document. Links show where they lead, which is what gives a fraud away. For
 * one use.
 */
final class HtmlText implements NodeVisitor {

  /** Deeper elements are taken as if they stood here. */
  private static final int MAX_DEPTH = 128;

  private static final int MAX_ADDRESS = 300;

  /** What people never see. */
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "template", "title", "noembed", "noframes", "object", "svg");

  private final StringBuilder out = new StringBuilder();
  private int unseen;

  private HtmlText() {}

  static String of(String html) {
    Document document = Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, "");
    HtmlText text = new HtmlText();
    NodeTraversor.traverse(text, document);
    return text.out
        .toString()
        .replaceAll("[ \\u00a0]+\n", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public void head(Node node, int depth) {
    switch (node) {
      case TextNode text when unseen == 0 -> append(text.text());
      case Element element -> begin(element);
      default -> {}
    }
  }

  private void begin(Element element) {
    if (UNSEEN.contains(element.normalName())) {
      unseen++;
    }
    if (unseen > 0) {
      return;
    }
    switch (element.normalName()) {
      case "br" -> out.append('\n');
      case "img" -> {
        String words = element.attr("alt").strip();
        append(words.isEmpty() ? "" : "[" + words + "]");
      }
      case "li" -> {
        line();
        out.append("• ");
      }
      case "td", "th" -> append(" ");
      default -> {
        if (element.isBlock()) {
          line();
        }
      }
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return;
    }
    if (UNSEEN.contains(element.normalName())) {
      unseen--;
    } else if (unseen == 0 && element.normalName().equals("a")) {
      address(element.attr("href").strip());
    } else if (unseen == 0 && element.isBlock()) {
      line();
      if (element.normalName().equals("p")) {
        out.append('\n');
      }
    }
  }

  private void address(String address) {
    String start = address.toLowerCase(Locale.ROOT);
    if (start.startsWith("http") || start.startsWith("mailto:")) {
      append(" <" + address.substring(0, Math.min(address.length(), MAX_ADDRESS)) + ">");
    }
  }

  private void append(String text) {
    boolean atStart = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    out.append(atStart ? text.stripLeading() : text);
  }

  private void line() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }
}
