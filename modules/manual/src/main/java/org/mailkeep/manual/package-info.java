/**
 * Manual pages and completion for shells, made from the commands themselves, so that neither can
 * say something else than the program does. Only packaging runs this; it is no part of the program.
 */
@NullMarked
package org.mailkeep.manual;

import org.jspecify.annotations.NullMarked;
