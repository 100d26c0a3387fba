package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.service.run.Metrics;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;
import org.mailkeep.web.server.Handler;
import org.mailkeep.web.server.Response;
import org.mailkeep.web.server.Site;

/** All pages under their paths, and the files that they need. */
public final class WebPages implements Site {

  private final Desk desk;
  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Map<String, Handler> pages;
  private final Map<String, Handler> changes;

  /** The pages of this desk. */
  public WebPages(Desk desk) {
    this.desk = desk;
    asset("/static/page.css", "page.css", "text/css; charset=utf-8");
    asset("/static/page.js", "page.js", "text/javascript; charset=utf-8");
    asset("/static/icon.svg", "icon.svg", "image/svg+xml");
    asset("/static/uplot.css", "uplot/uPlot.min.css", "text/css; charset=utf-8");
    asset("/static/uplot.js", "uplot/uPlot.iife.min.js", "text/javascript; charset=utf-8");
    RecoverPage recover = new RecoverPage(desk);
    Downloads downloads = new Downloads(desk);
    pages =
        Map.ofEntries(
            Map.entry("/", new StartPage(desk)),
            Map.entry("/snapshots", new SnapshotsPage(desk)),
            Map.entry("/mailboxes", new MailboxesPage(desk)),
            Map.entry("/mailbox", new MailboxPage(desk)),
            Map.entry("/deleted", new DeletedPage(desk)),
            Map.entry("/message", new MessagePage(desk)),
            Map.entry("/message.eml", (request, _) -> downloads.message(request)),
            Map.entry("/folder.zip", (request, _) -> downloads.folder(request)),
            Map.entry("/search", new SearchPage(desk)),
            Map.entry("/diff", new DiffPage(desk)),
            Map.entry("/recover", recover::plan));
    changes = Map.of("/recover", recover::run);
  }

  private void asset(String path, String name, String type) {
    try (InputStream in = WebPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + name);
      }
      assets.put(path, new Asset(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Asset> assets() {
    return assets;
  }

  @Override
  public Map<String, Handler> pages() {
    return pages;
  }

  @Override
  public Map<String, Handler> changes() {
    return changes;
  }

  @Override
  public Supplier<Optional<String>> metrics() {
    return () -> desk.plan().get().map(plan -> Metrics.of(plan, desk.clock().instant()));
  }

  @Override
  public Response logIn(int status, String problem) {
    Html form =
        element(
                "form",
                problem.isEmpty() ? Html.NOTHING : Look.warning(problem),
                element(
                    "label",
                    element("span", "Token"),
                    element("input")
                        .with("type", "password")
                        .with("name", "token")
                        .with("autocomplete", "current-password")
                        .with("required", "")
                        .with("autofocus", "")),
                element("button", "Log in").as("act"),
                Look.note("It stands where 'mailkeep serve' runs, or in its --token-file."))
            .as("login")
            .with("id", "login")
            .with("method", "post")
            .to("action", Link.of("/login"));
    return Response.page(status, Look.shell("Log in", Html.NOTHING, form));
  }

  @Override
  public Response problem(int status, String message, String advice) {
    Html words =
        Html.of(
            element("p", message).as("warning"),
            advice.isEmpty() ? Html.NOTHING : element("p", advice),
            element("p", link(Link.of("/"), "Back to the overview")));
    return Response.page(status, Look.shell("That did not work", Html.NOTHING, words));
  }
}
