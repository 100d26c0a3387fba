package org.mailkeep.web.page;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.copy.CopyRecord;
import org.mailkeep.service.run.Overview;
import org.mailkeep.web.library.Library;

/**
 * What all pages work with.
 *
 * @param library the repository
 * @param place where the repository is, for people
 * @param copies those that this host knows of
 * @param plan how the steps of the configuration are; empty where there is none
 * @param host the name of this machine
 * @param mayRecover whether pages may put messages back into live mailboxes
 * @param clock the time
 * @param zone in which times are shown
 * @param cancellation stops what takes long
 */
public record Desk(
    Library library,
    String place,
    Supplier<List<CopyRecord>> copies,
    Supplier<Optional<Overview>> plan,
    String host,
    boolean mayRecover,
    InstantSource clock,
    ZoneId zone,
    Cancellation cancellation) {}
