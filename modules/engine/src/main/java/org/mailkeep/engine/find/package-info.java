/**
 * Names found in many snapshots at once. Snapshots of one machine differ little, so each directory
 * is looked at once with all the forms that it has in them, and a form that many share costs no
 * more than one.
 */
@NullMarked
package org.mailkeep.engine.find;

import org.jspecify.annotations.NullMarked;
