package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.Units;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;

/** What all pages look like. */
final class Look {

  /** The parts of the page that the bar at its top leads to. */
  enum Part {
    START("Overview", "/"),
    SNAPSHOTS("Snapshots", "/snapshots"),
    MAILBOXES("Mailboxes", "/mailboxes"),
    SEARCH("Search", "/search"),
    NONE("", "/");

    private final String title;
    private final String path;

    Part(String title, String path) {
      this.title = title;
      this.path = path;
    }
  }

  private Look() {}

  /** A page for somebody who is logged in. */
  static Html page(Part part, String title, Session session, Html... content) {
    List<Html> links = new ArrayList<>();
    for (Part one : Part.values()) {
      if (one != Part.NONE) {
        Html.Element to = link(Link.of(one.path), one.title);
        links.add(element("li", one == part ? to.with("aria-current", "page") : to));
      }
    }
    Html bar =
        element(
                "header",
                link(Link.of("/"), "Mailkeep").as("brand"),
                element("nav", element("ul", Html.of(links))).with("aria-label", "Pages"),
                form(session, Link.of("/logout"), element("button", "Log out").as("quiet")))
            .as("bar");
    return shell(title, bar, Html.of(content));
  }

  /** A page with this above its content. */
  static Html shell(String title, Html above, Html content) {
    return element(
            "html",
            element(
                "head",
                element("meta").with("charset", "utf-8"),
                element("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"),
                element("meta").with("name", "color-scheme").with("content", "light dark"),
                element("title", title + " · Mailkeep"),
                style("/static/page.css"),
                element("link")
                    .with("rel", "icon")
                    .with("type", "image/svg+xml")
                    .to("href", Link.of("/static/icon.svg")),
                element("script").to("src", Link.of("/static/page.js")).when(true, "defer")),
            element(
                "body",
                link(Link.of("#main"), "To the content").as("skip"),
                above,
                element("main", element("h1", title), content)
                    .with("id", "main")
                    .with("tabindex", "-1")))
        .with("lang", "en");
  }

  /** A style sheet of the page. */
  static Html style(String path) {
    return element("link").with("rel", "stylesheet").to("href", Link.of(path));
  }

  /** A form that changes something. */
  static Html.Element form(Session session, Link action, Html... content) {
    return element(
            "form",
            element("input")
                .with("type", "hidden")
                .with("name", "form")
                .with("value", session.formWord().word()),
            Html.of(content))
        .with("method", "post")
        .to("action", action);
  }

  /** A value that a form carries along. */
  static Html hidden(String name, String value) {
    return value.isEmpty()
        ? Html.NOTHING
        : element("input").with("type", "hidden").with("name", name).with("value", value);
  }

  /** A moment. */
  static Html time(Instant time) {
    return element("time", Units.time(time)).with("datetime", time);
  }

  /** A table, which a narrow screen moves sideways. */
  static Html table(String caption, List<String> heads, List<Html> rows) {
    return element(
            "div",
            element(
                "table",
                element("caption", caption),
                element(
                    "thead",
                    element(
                        "tr",
                        Html.of(
                            heads.stream()
                                .map(head -> element("th", head).with("scope", "col"))
                                .toList()))),
                element("tbody", Html.of(rows))))
        .as("table")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", caption);
  }

  /** A row of a table. */
  static Html row(Html... cells) {
    return element(
        "tr", Html.of(List.of(cells).stream().map(cell -> element("td", cell)).toList()));
  }

  /** A number with what it counts. */
  static Html fact(String name, String value, String more) {
    return element(
        "div",
        element("dt", name),
        element(
            "dd",
            element("strong", value),
            more.isEmpty() ? Html.NOTHING : element("small", more)));
  }

  /** A sentence that something is not as it should be. */
  static Html warning(String words) {
    return element("p", words).as("warning").with("role", "status");
  }

  /** Links to the pages before and after one of many. */
  static Html pager(Link link, int page, int size, long all) {
    long pages = (all + size - 1) / size;
    if (pages <= 1) {
      return Html.NOTHING;
    }
    String where =
        Units.count(page * (long) size + 1)
            + " to "
            + Units.count(Math.min(all, (page + 1L) * size))
            + " of "
            + Units.count(all);
    return element(
            "nav",
            step(link, page - 1, page > 0, "Newer", "prev"),
            element("span", where),
            step(link, page + 1, page + 1 < pages, "Older", "next"))
        .as("pager")
        .with("aria-label", "More of the list");
  }

  private static Html step(Link link, int page, boolean there, String words, String rel) {
    return there
        ? link(link.with("page", page == 0 ? "" : page), words).with("rel", rel)
        : element("span", words).as("off");
  }

  /** Text that may be empty. */
  static Html orElse(String words, String otherwise) {
    return words.isBlank() ? element("em", otherwise) : element("bdi", text(words));
  }

  /** A sentence in grey. */
  static Html note(String words) {
    return element("p", words).as("note");
  }

  /** A link that looks like a button. */
  static Html button(Link to, String words) {
    return link(to, words).as("button");
  }

  /** The way from the start to this page. */
  static Html path(Html... steps) {
    return element(
            "nav",
            element(
                "ol", Html.of(List.of(steps).stream().map(step -> element("li", step)).toList())))
        .as("path")
        .with("aria-label", "Where this is");
  }
}
