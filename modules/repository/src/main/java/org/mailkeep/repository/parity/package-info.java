/**
 * Error correction for packs: a Reed-Solomon code over GF(2^8), interleaved over the sectors of a
 * pack, in an object of its own beside it ({@code parity/xx/<pack id>}).
 *
 * <p>Why beside and not inside: packs stay as they are, byte for byte, so that readers that know
 * nothing of parity read them, append-only storage takes it, it can be made later for packs that
 * are there and given up without loss, and a disk that loses a stretch of one file seldom loses the
 * same stretch of two.
 *
 * <p>Why a code of its own: the libraries on Maven Central are parts of large systems (Apache
 * Ozone's needs all of hdds-common, with Ratis and gRPC) or correct the few bytes of bar codes.
 * What is needed here is small: a Cauchy matrix, one look-up a byte, and a linear system of the
 * size of what was lost. A table entry of eight bytes holds the products with eight rows, so that
 * up to eight rows cost one look-up and one exclusive-or for each byte of a pack.
 *
 * <p>Nothing here is trusted. Checksums say which sectors are wrong; whether what comes out of the
 * code is what was written is for the seals of the blocks to say.
 */
@NullMarked
package org.mailkeep.repository.parity;

import org.jspecify.annotations.NullMarked;
