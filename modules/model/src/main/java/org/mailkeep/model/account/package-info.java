/**
 * Users and groups as values: what a name service knows of them, what a snapshot keeps of them, and
 * which number of one host stands for which of another. Names, homes and shells are lossless texts
 * ({@link org.mailkeep.model.RawText}), for nothing says that they are UTF-8.
 */
@NullMarked
package org.mailkeep.model.account;

import org.jspecify.annotations.NullMarked;
