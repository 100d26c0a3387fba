/**
 * Who is who, there and here. Ownership comes back by number, because qmail and vpopmail have
 * numbers compiled in; so a restore on another host is right only if the numbers mean the same
 * users and groups, or if they are translated.
 *
 * <pre>
 *   backup:   AccountRecorder    host -> AccountFacts, kept in the manifest
 *   check:    AccountComparison  manifest and host -> AccountFindings; QueueProgram beside it
 *   script:   AccountScript      manifest -> a shell script that makes the accounts
 *   restore:  OwnershipRequest   what the user asked for -> OwnerMapping
 *             OwnershipCheck     refuses where files would become somebody else's
 * </pre>
 *
 * The host is asked through {@link org.mailkeep.model.account.AccountDatabase} only.
 */
@NullMarked
package org.mailkeep.engine.account;

import org.jspecify.annotations.NullMarked;
