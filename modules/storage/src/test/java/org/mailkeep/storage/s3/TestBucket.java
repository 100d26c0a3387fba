package org.mailkeep.storage.s3;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.mailkeep.storage.Retry;
import org.mailkeep.storage.Storage;

/** An S3 server in this virtual machine, which checks signatures, with one bucket. */
public final class TestBucket {

  /** The access key's id. */
  public static final String ID = "test-id";

  /** The secret access key. */
  public static final String SECRET = "test/secret+key";

  static final Map<String, String> ENVIRONMENT =
      Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);

  private static final String NAME = "mail";

  private final BlobStore store;
  private final S3Proxy server;
  private final AtomicInteger prefixes = new AtomicInteger();

  private TestBucket(BlobStore store, S3Proxy server) {
    this.store = store;
    this.server = server;
  }

  /** Starts one that keeps its objects in files of this folder. */
  public static TestBucket start(Path folder) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    properties.setProperty("s3proxy.filesystem.basedir", folder.toString());
    BlobStore store = BlobStores.create("filesystem-nio2", properties);
    store.createContainer(NAME);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            .ignoreUnknownHeaders(true)
            .v4MaxNonChunkedRequestSize(128L << 20)
            .build();
    server.start();
    return new TestBucket(store, server);
  }

  /** The server's port on 127.0.0.1. */
  public int port() {
    return server.getPort();
  }

  /** The location of a prefix that nobody used yet. */
  public String location() {
    return location(port(), "prefix" + prefixes.incrementAndGet());
  }

  /** The location of this prefix by way of this port. */
  public static String location(int port, String prefix) {
    return "s3:http://127.0.0.1:" + port + "/" + NAME + "/" + prefix;
  }

  /** An empty storage under a prefix that nobody used yet. */
  Storage empty() {
    return open(location(), S3Settings.DEFAULT, new Retry());
  }

  static Storage open(String location, S3Settings settings, Retry retry) {
    return S3Storage.open(
        S3Bucket.parse(location), settings, ENVIRONMENT, retry, Duration.ofSeconds(20));
  }

  static S3Settings with(Optional<String> storageClass, Optional<Retention> retention) {
    return new S3Settings(
        Optional.of("us-east-1"),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        storageClass,
        retention);
  }

  /** Ends the server. */
  public void stop() throws Exception {
    server.stop();
    store.close();
  }
}
