package org.mailkeep.web.html;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A piece of a page. Text is escaped where it is written, and there is no way around that. */
public sealed interface Html {

  /** Nothing at all. */
  Html NOTHING = new Several(List.of());

  /** Appends it to a page. */
  void write(StringBuilder out);

  /** Words, whoever wrote them. */
  static Html text(Object words) {
    return new Text(words.toString());
  }

  /** Pieces, one after the other. */
  static Html of(Html... pieces) {
    return new Several(List.of(pieces));
  }

  /** Pieces, one after the other. */
  static Html of(List<? extends Html> pieces) {
    return new Several(List.copyOf(pieces));
  }

  /** An element with this in it. */
  static Element element(String name, Html... content) {
    return new Element(name, Map.of(), List.of(content));
  }

  /** An element with these words in it. */
  static Element element(String name, String words) {
    return element(name, text(words));
  }

  /** A link. */
  static Element link(Link to, Html... content) {
    return element("a", content).to("href", to);
  }

  /** A link. */
  static Element link(Link to, String words) {
    return link(to, text(words));
  }

  /** Text. Control characters and halves of surrogate pairs become replacement characters. */
  record Text(String text) implements Html {
    @Override
    public void write(StringBuilder out) {
      escape(text, out);
    }
  }

  /** Pieces, one after the other. */
  record Several(List<Html> pieces) implements Html {
    /** Copies the list. */
    public Several {
      pieces = List.copyOf(pieces);
    }

    @Override
    public void write(StringBuilder out) {
      pieces.forEach(piece -> piece.write(out));
    }
  }

  /** An element. Attributes that hold code or addresses cannot be given as text. */
  record Element(String name, Map<String, String> attributes, List<Html> content) implements Html {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern CODE = Pattern.compile("on.*|style|srcdoc");
    private static final Set<String> ADDRESSES =
        Set.of("href", "src", "action", "formaction", "poster", "data", "srcset", "ping");
    private static final Set<String> CODE_ELEMENTS = Set.of("style", "iframe", "object", "embed");
    private static final Set<String> EMPTY =
        Set.of("meta", "link", "input", "br", "hr", "img", "col", "wbr");

    /** Checks the name, copies the collections. */
    public Element {
      if (!NAME.matcher(name).matches() || CODE_ELEMENTS.contains(name)) {
        throw new IllegalArgumentException(name + " is no element of a page");
      }
      if (name.equals("script") && !content.isEmpty()) {
        throw new IllegalArgumentException("a page has no code in it");
      }
      attributes = new TreeMap<>(attributes);
      content = List.copyOf(content);
    }

    /** The same with an attribute. */
    public Element with(String attribute, Object value) {
      if (!NAME.matcher(attribute).matches()
          || CODE.matcher(attribute).matches()
          || ADDRESSES.contains(attribute)) {
        throw new IllegalArgumentException(attribute + " cannot be given as text");
      }
      return having(attribute, value.toString());
    }

    /** The same with an attribute that holds an address. */
    public Element to(String attribute, Link address) {
      if (!ADDRESSES.contains(attribute)) {
        throw new IllegalArgumentException(attribute + " takes no address");
      }
      return having(attribute, address.toString());
    }

    /** The same with a class. */
    public Element as(String className) {
      return with("class", className);
    }

    /** The same with an attribute that is there or not. */
    public Element when(boolean condition, String attribute) {
      return condition ? with(attribute, "") : this;
    }

    private Element having(String attribute, String value) {
      Map<String, String> more = new TreeMap<>(attributes);
      more.put(attribute, value);
      return new Element(name, more, content);
    }

    @Override
    public void write(StringBuilder out) {
      out.append('<').append(name);
      attributes.forEach(
          (attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            escape(value, out);
            out.append('"');
          });
      out.append('>');
      if (EMPTY.contains(name)) {
        return;
      }
      if (name.equals("pre") || name.equals("textarea")) {
        // The first line feed is not part of the text, so that one that is would be lost.
        out.append('\n');
      }
      content.forEach(piece -> piece.write(out));
      out.append("</").append(name).append('>');
    }
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) point);
                default ->
                    out.appendCodePoint(
                        Character.isISOControl(point)
                                || Character.getType(point) == Character.SURROGATE
                            ? 0xfffd
                            : point);
              }
            });
  }
}
