/**
 * Keys, key slots and the sealing of blocks: everything that turns plaintext into bytes that any
 * storage may see, and back.
 *
 * <p><b>Who can do what.</b> {@link org.mailkeep.crypto.FullKeys} read and write. {@link
 * org.mailkeep.crypto.WriterKeys} name chunks, so they deduplicate, and seal new objects, but hold
 * no private key: a mail host that is broken into gives away no message it no longer has. The
 * difference is in the types; only full keys have an {@link org.mailkeep.crypto.Opener}.
 *
 * <p><b>Hybrid.</b> Backups are kept for decades, and what is copied off a storage today can be
 * attacked with the machines of that time. Each writing process therefore agrees on one secret by
 * X25519 (RFC 7748), which has stood for twenty years, and by ML-KEM-768 (FIPS 203), which should
 * withstand quantum computers. Both secrets and everything that was exchanged go into HKDF-SHA-256
 * (RFC 5869): the result is secret while either of the two holds.
 *
 * <p><b>The seal key.</b> A public key may become known, and whoever knows it could seal objects of
 * his own. So the seal key, a symmetric secret in all key sets of a repository, is mixed into the
 * same HKDF: an object that opens was sealed by someone with a key set and not by someone who only
 * has the storage. It does not tell writers from each other. Two limits follow. A writer can forge
 * what another writer could have written. And a slot for a recipient's public key proves nothing
 * about its maker, for wrapping needs no secret: a client should remember the data keys of the
 * repositories it knows.
 *
 * <p><b>Two libraries, one purpose each.</b> Bulk work is the JDK's: HMAC-SHA-256 at 1.8 GB/s and
 * AES-256-GCM at 9 GB/s on one core with AES-NI and SHA-NI, where Bouncy Castle's Java code reaches
 * 0.2 and 0.1 GB/s. Key wrapping is Bouncy Castle's: it has Argon2id (RFC 9106), which the JDK
 * lacks, and ML-KEM keys from the 64-byte seed. It is called directly and never registered as a
 * provider, and only {@code Argon2Cost}, {@code Curve25519} and {@code MlKem768} import it.
 *
 * <p><b>Cold starts.</b> In a fresh virtual machine the JDK's AES-GCM runs as plain Java, at some
 * 50 MB/s, until its methods were called often enough; blocks of 1 MiB call them rarely, and 800 of
 * them, opened, took 12 s of processor time instead of 0.5 s. Sealing therefore goes in small
 * pieces, and who starts the virtual machine should pass {@code
 * -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.GHASH::*,0.01} and the same
 * for {@code CounterMode} (with {@code -XX:CompileCommand=quiet} before them), which makes opening
 * quick from the fifth block on. Bouncy Castle's jar is signed, and checking that costs 0.2 s of
 * processor time before its first class; without the signature files in {@code META-INF} it loads
 * as any other.
 *
 * <p><b>Nonces.</b> Every object has its own AES key, derived from 32 random bytes, and its blocks
 * are numbered; the number is the nonce. {@link org.mailkeep.crypto.BlockSealer} takes each number
 * once.
 *
 * <p><b>Derived keys.</b> All are HKDF-SHA-256 with an info text that begins with {@code "mailkeep
 * 1 "} and then names the use: {@code kem}, {@code object}, {@code gear}, {@code index}, {@code
 * pack table}, {@code state}, {@code config}, {@code slot}, {@code mac …}, {@code slot key file},
 * {@code slot recipient}. Texts are ASCII without a terminator, numbers are big-endian, {@code ||}
 * joins without separators.
 */
@NullMarked
package org.mailkeep.crypto;

import org.jspecify.annotations.NullMarked;
