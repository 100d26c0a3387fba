/**
 * Where a storage is, as users write it: the one place that knows every kind. What a kind needs to
 * know besides (credentials, keys, a region) comes as {@link
 * org.mailkeep.storage.location.RemoteSettings}, never in the location, which is shown in messages
 * and stands in process lists. A kind's classes, and the libraries behind them, are loaded only
 * when a location of that kind is opened.
 */
@NullMarked
package org.mailkeep.storage.location;

import org.jspecify.annotations.NullMarked;
