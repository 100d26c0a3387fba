/**
 * The web page: what a repository holds, for people with a browser.
 *
 * <pre>
 *   server    requests and answers over the JDK's HTTP server; limits; headers of every answer
 *     |
 *   access    who may ask: log-in by token, sessions, hosts and origins
 *     |
 *   page      the pages: overview, calendar, mailboxes, messages, search, differences, recovery
 *     |
 *   library   the repository, opened once and brought up to date while others read
 *   html      mark-up that cannot hold what it was not meant to hold
 * </pre>
 *
 * <p>Everything on a page but its own words was written by strangers: subjects, senders, names of
 * folders and files, whole messages. So text becomes mark-up in one place only, which escapes it
 * ({@link org.mailkeep.web.html.Html}), addresses are built from their parts ({@link
 * org.mailkeep.web.html.Link}), and the browser is told to run and load nothing but the page's own
 * files, should all of that fail.
 *
 * <p>The other danger are other pages in the same browser. They can make it send requests, with its
 * cookies, and they can have a name of theirs point to this machine. So the Host header must name
 * this server, whatever changes something must come from a page of it, and each form carries a word
 * that only such a page knows.
 *
 * <p>Pages are made on the server and work without scripts; the one script draws the charts and
 * knows some keys.
 */
@NullMarked
package org.mailkeep.web;

import org.jspecify.annotations.NullMarked;
