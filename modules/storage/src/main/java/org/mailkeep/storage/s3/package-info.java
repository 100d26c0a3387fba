/**
 * Objects in a bucket of an S3 server: AWS, Ceph's RADOS Gateway, MinIO, Garage and others.
 *
 * <p>Speaks the few requests that it needs over the JDK's HTTP client and signs them itself
 * (Signature Version 4); {@code docs/decisions} says why without Amazon's SDK.
 *
 * <h2>Written once</h2>
 *
 * <p>A put first asks whether the name is taken, and then stores under the condition {@code
 * If-None-Match: *}, which AWS decides in one step for all clients, and others that follow it. A
 * server that does not know conditions either refuses them, then the put is repeated without, or
 * ignores them; there the question before is all there is. Two clients which put one name within
 * the same moment could then both succeed, and the later bytes stay. Names are random numbers of
 * 128 bits and more, so this needs two clients that make one repository in one place at one moment.
 *
 * <h2>Durable, and seen at once</h2>
 *
 * <p>An S3 server answers a put when the object is durable, and lists it from then on: AWS since
 * December 2020, the others always. An object is visible in full or not at all, so there are no
 * temporary names. What uploads in parts that were cut off leave is invisible and costs money;
 * {@link org.mailkeep.storage.Storage#tidy} aborts them.
 *
 * <h2>Whole</h2>
 *
 * <p>The SHA-256 of every body is part of the signature and so is checked by each server; it is
 * also sent as {@code x-amz-checksum-sha256}, which AWS keeps beside the object. Answers are
 * compared with the length and range that they announce and that were asked for.
 */
@NullMarked
package org.mailkeep.storage.s3;

import org.jspecify.annotations.NullMarked;
