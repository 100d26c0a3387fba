/**
 * Properties over many random cases, and damage to encoded bytes.
 *
 * <p>Cases begin small and grow, so the first failure is usually a small one; there is no
 * shrinking. Seeds are the same in every run, so a build never fails by chance; {@code
 * -Dmailkeep.seed=random} looks elsewhere, and a failure prints the value that repeats it.
 */
@NullMarked
package org.mailkeep.testkit.property;

import org.jspecify.annotations.NullMarked;
