/**
 * Keeps named, opaque objects: here a folder on this machine; SFTP and S3 servers, each in a
 * package of its own, behind the same interface. Knows neither keys nor packs.
 *
 * <h2>Why objects are written once</h2>
 *
 * <p>An object has a name of its own, complete bytes, and never changes. So a reader needs no lock,
 * a copy of the store made file by file is consistent as long as the snapshots are copied before
 * all else, a cache never becomes stale, and storage that permits no overwriting and no deleting is
 * enough for backups. {@link org.mailkeep.storage.Storage#put} therefore refuses a name that is
 * taken instead of replacing it.
 *
 * <h2>Order of writing</h2>
 *
 * <p>There is one promise about durability: an object whose {@code put} has returned survives a
 * power cut. Nothing is said about the order of puts in progress. Who needs an order waits: all
 * packs have returned before the index that names them is put, all of those before the snapshot.
 * The same holds for {@code delete}. Within one put the local folder does, in this order:
 *
 * <ol>
 *   <li>make the object's folder, and sync the folder it stands in;
 *   <li>write a temporary file beside the object's place and sync it;
 *   <li>give it the object's name, which fails if there is one;
 *   <li>remove the temporary name;
 *   <li>sync the object's folder, so that the name is as durable as the bytes.
 * </ol>
 *
 * <h2>Failures</h2>
 *
 * <p>A {@link org.mailkeep.model.error.StorageException} says whether it may pass. What may is
 * tried again by {@link org.mailkeep.storage.RetryingStorage} for storages behind a network, within
 * bounded time; a local disk's failures are told at once.
 *
 * <h2>Small on purpose</h2>
 *
 * <p>A wrapper that repeats, limits or counts extends {@link
 * org.mailkeep.storage.ForwardingStorage} and overrides what concerns it. Every kind of storage
 * passes the same {@code StorageContract} in this module's tests.
 */
@NullMarked
package org.mailkeep.storage;

import org.jspecify.annotations.NullMarked;
