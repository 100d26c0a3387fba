package org.mailkeep.web.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.error.UsageException;

/**
 * From where requests may come. The Host header must name this machine by loopback, at whatever
 * port, for a tunnel has another one; or the proxy in front. A name that somebody else has pointed
 * to this machine is neither. What changes something must come from a page of the same origin.
 *
 * @param proxy the origin under which a proxy offers the page, such as {@code
 *     https://backup.example.org}
 */
public record Origins(Optional<String> proxy) {

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

  /** Loopback alone. */
  public static final Origins LOOPBACK_ONLY = new Origins(Optional.empty());

  /**
   * Loopback and a proxy.
   *
   * @param url what people type into their browsers
   * @throws UsageException where that is no origin
   */
  public static Origins behind(String url) {
    Matcher form =
        Pattern.compile("(https?://[a-z0-9.-]+(:\\d{1,5})?)/?")
            .matcher(url.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new UsageException(
          "'" + url + "' is not the address of a page at the root of a host",
          "Write it as https://backup.example.org.");
    }
    return new Origins(Optional.of(form.group(1)));
  }

  /** Whether the proxy speaks TLS, so that cookies may go nowhere else. */
  public boolean isSecure(String host) {
    return isProxy(host) && proxy.filter(origin -> origin.startsWith("https:")).isPresent();
  }

  private boolean isProxy(String host) {
    return proxy
        .filter(origin -> URI.create(origin).getAuthority().equals(lower(host)))
        .isPresent();
  }

  /** Whether a Host header names this server. */
  public boolean allowsHost(String host) {
    return LOOPBACK.matcher(lower(host)).matches() || isProxy(host);
  }

  /**
   * Whether a request that changes something comes from a page of this server.
   *
   * @param host its Host header, which is allowed
   * @param origin its Origin header; browsers send one with every form
   * @param site its Sec-Fetch-Site header, if the browser sends one
   */
  public boolean allowsChange(String host, Optional<String> origin, Optional<String> site) {
    String own = (isSecure(host) ? "https://" : "http://") + lower(host);
    return origin.filter(from -> lower(from).equals(own)).isPresent()
        && site.filter(from -> !from.equals("same-origin")).isEmpty();
  }

  /**
   * Whether a request that changes nothing may be answered: one by a person, or by a page of this
   * server; not one by which another page loads something.
   *
   * @param site its Sec-Fetch-Site header, if the browser sends one
   * @param mode its Sec-Fetch-Mode header
   * @param destination its Sec-Fetch-Dest header
   */
  public boolean allowsReading(
      Optional<String> site, Optional<String> mode, Optional<String> destination) {
    boolean foreign =
        site.filter(from -> from.equals("cross-site") || from.equals("same-site")).isPresent();
    boolean followed =
        mode.filter(how -> how.equals("navigate")).isPresent()
            && destination.filter(what -> what.equals("document")).isPresent();
    return !foreign || followed;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
