package org.mailkeep.web.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.web.access.Attempts;
import org.mailkeep.web.access.Origins;
import org.mailkeep.web.access.Secret;
import org.mailkeep.web.access.Sessions;
import org.mailkeep.web.access.Sessions.Session;
import org.mailkeep.web.html.Link;

/**
 * The way of each request: is it for this server, may it be made from where it comes, is it by
 * somebody who is logged in, what is asked for. Nothing behind a check is done before it.
 */
final class Gate {

  private static final Link START = Link.of("/");

  private final Site site;
  private final Secret token;
  private final Origins origins;
  private final boolean openMetrics;
  private final Sessions sessions;
  private final Attempts attempts;
  private final String cookie;

  Gate(
      Site site,
      Secret token,
      Origins origins,
      boolean openMetrics,
      Sessions sessions,
      Attempts attempts,
      String cookie) {
    this.site = site;
    this.token = token;
    this.origins = origins;
    this.openMetrics = openMetrics;
    this.sessions = sessions;
    this.attempts = attempts;
    this.cookie = cookie;
  }

  Response answer(Request request) {
    String host = request.header("host").orElse("");
    if (!origins.allowsHost(host)) {
      return Response.line(421, "This server is not called so.");
    }
    boolean changes = request.method().equals("POST");
    if (!changes && !request.method().equals("GET")) {
      return Response.line(405, "Only GET and POST are understood.").with("Allow", "GET, POST");
    }
    Optional<String> from = request.header("sec-fetch-site");
    boolean allowed =
        changes
            ? origins.allowsChange(host, request.header("origin"), from)
            : origins.allowsReading(
                from, request.header("sec-fetch-mode"), request.header("sec-fetch-dest"));
    if (!allowed) {
      return Response.line(403, "Requests of other pages are not answered.");
    }
    return changes ? change(request, host) : read(request);
  }

  private Response read(Request request) {
    Site.Asset asset = site.assets().get(request.path());
    if (asset != null) {
      return Response.of(200, asset.type(), asset.bytes())
          .with("Cache-Control", "public, max-age=600");
    }
    if (request.path().equals("/metrics")) {
      return metrics(request);
    }
    Optional<Session> session = session(request);
    if (request.path().equals("/login")) {
      return session.isPresent() ? Response.goTo(START) : site.logIn(200, "");
    }
    if (session.isEmpty()) {
      return site.logIn(401, "");
    }
    return page(Optional.ofNullable(site.pages().get(request.path())), request, session.get());
  }

  private Response change(Request request, String host) {
    if (request.path().equals("/login")) {
      return logIn(request, host);
    }
    Optional<Session> session = session(request);
    if (session.isEmpty()) {
      return site.logIn(401, "");
    }
    if (!session.get().formWord().is(request.get("form"))) {
      return site.problem(403, "The form is not of this session", "Go back, load the page anew.");
    }
    if (request.path().equals("/logout")) {
      sessions.end(session.get());
      return Response.goTo(Link.of("/login")).with("Set-Cookie", cookie(host, "", Duration.ZERO));
    }
    return page(Optional.ofNullable(site.changes().get(request.path())), request, session.get());
  }

  private Response page(Optional<Handler> handler, Request request, Session session) {
    if (handler.isEmpty()) {
      return site.problem(404, "There is no such page", "");
    }
    try {
      return handler.get().answer(request, session);
    } catch (NotFoundException e) {
      return site.problem(404, e);
    } catch (UsageException e) {
      return site.problem(400, e);
    } catch (RefusedException e) {
      return site.problem(403, e);
    } catch (MailkeepException e) {
      return site.problem(500, e);
    }
  }

  private Optional<Session> session(Request request) {
    return request.cookie(cookie).flatMap(sessions::find);
  }

  private Response logIn(Request request, String host) {
    Duration pause = attempts.pause();
    if (!pause.isZero()) {
      return site.logIn(429, "Too many wrong tokens; wait a few seconds.")
          .with("Retry-After", String.valueOf(pause.toSeconds() + 1));
    }
    if (!token.is(request.get("token").strip())) {
      attempts.wrong();
      return site.logIn(401, "That is not the token.");
    }
    Session session = sessions.begin();
    return Response.goTo(START)
        .with("Set-Cookie", cookie(host, session.key().word(), Sessions.LONGEST));
  }

  private String cookie(String host, String value, Duration age) {
    return String.format(
        Locale.ROOT,
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s",
        cookie,
        value,
        age.toSeconds(),
        origins.isSecure(host) ? "; Secure" : "");
  }

  private Response metrics(Request request) {
    String bearer = "Bearer ";
    boolean known =
        request.header("authorization").filter(given -> given.startsWith(bearer)).isPresent();
    if (!openMetrics && known && !attempts.pause().isZero()) {
      return Response.line(429, "Too many wrong tokens; wait a few seconds.");
    }
    boolean right =
        known
            && token.is(
                request.header("authorization").orElse("").substring(bearer.length()).strip());
    if (!openMetrics && !right) {
      if (known) {
        attempts.wrong();
      }
      return Response.line(401, "Metrics need the token: Authorization: Bearer TOKEN")
          .with("WWW-Authenticate", "Bearer");
    }
    return site.metrics()
        .get()
        .map(
            text ->
                Response.of(
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    text.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> Response.line(404, "There is no configuration with steps to tell of."));
  }
}
