package org.mailkeep.storage.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;

/**
 * Where the objects are.
 *
 * @param endpoint the server, as {@code https://host:port}; empty for AWS
 * @param bucket the bucket's name
 * @param prefix what stands before the objects' names, without a slash at its end; may be empty
 */
public record S3Bucket(Optional<URI> endpoint, String bucket, String prefix) {

  private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
  private static final Pattern AWS =
      Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,62})(/.*)?");
  private static final Pattern OTHER =
      Pattern.compile("s3:(https?://[^/@?#]+)/([A-Za-z0-9][A-Za-z0-9._-]{1,62})(/.*)?");
  private static final Pattern PREFIX =
      Pattern.compile("(" + SEGMENT + "(/" + SEGMENT + "){0,15})?");
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * Reads {@code s3://bucket/prefix} for AWS, {@code s3:https://host:port/bucket/prefix} for
   * others.
   *
   * @throws UsageException for anything else
   */
  public static S3Bucket parse(String text) {
    Matcher aws = AWS.matcher(text);
    Matcher other = OTHER.matcher(text);
    if (aws.matches()) {
      return new S3Bucket(Optional.empty(), aws.group(1), prefix(aws.group(2)));
    }
    if (other.matches()) {
      return new S3Bucket(
          Optional.of(endpoint(other.group(1))), other.group(2), prefix(other.group(3)));
    }
    // The text is not repeated: it may hold a password that belongs elsewhere.
    throw new UsageException(
        "This is not a location in S3",
        "Write s3://bucket/prefix for AWS, s3:https://host:port/bucket/prefix for other servers;"
            + " credentials go into --s3-credentials FILE or the environment.");
  }

  private static URI endpoint(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new UsageException(
        "The server's name in the location in S3 makes no sense",
        "Write s3:https://host:port/bucket.");
  }

  private static String prefix(String path) {
    String prefix = path == null ? "" : path.replaceAll("^/|/$", "");
    if (!PREFIX.matcher(prefix).matches()) {
      throw new UsageException(
          "The prefix '" + prefix + "' in the location in S3 is not usable",
          "Use letters, digits, '.', '_', '-' and single slashes.");
    }
    return prefix;
  }

  /**
   * The region to sign for: the one that was named, else that of the environment, else us-east-1,
   * which servers other than AWS take or ignore.
   */
  String region(S3Settings settings, Map<String, String> environment) {
    Optional<String> named =
        settings
            .region()
            .or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
            .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
            .filter(region -> !region.isEmpty());
    if (named.isEmpty() && endpoint.isEmpty()) {
      throw new UsageException(
          "The region of the bucket " + bucket + " is not known",
          "Give --s3-region, such as --s3-region eu-central-1, or set AWS_REGION.");
    }
    String region = named.orElse("us-east-1");
    if (!REGION.matcher(region).matches()) {
      throw new UsageException("'" + region + "' is not a region", "Write it as eu-central-1.");
    }
    return region;
  }

  /**
   * What requests for keys begin with: scheme, host, and the bucket where it stands in the path.
   */
  String base(String region, boolean virtualHost) {
    URI server = endpoint.orElseGet(() -> URI.create("https://s3." + region + ".amazonaws.com"));
    // AWS wants the name in the host; a certificate for *.s3… does not fit a name with dots.
    boolean inHost = virtualHost || (endpoint.isEmpty() && !bucket.contains("."));
    return inHost
        ? server.getScheme() + "://" + bucket + "." + server.getRawAuthority()
        : server.getScheme() + "://" + server.getRawAuthority() + "/" + bucket;
  }

  String key(ObjectName name) {
    return under(name.toString());
  }

  /** The keys of a folder's objects begin with this. */
  String keys(ObjectFolder folder) {
    String path = folder.isRoot() ? "" : folder.path() + "/";
    return under(path);
  }

  private String under(String path) {
    return prefix.isEmpty() ? path : prefix + "/" + path;
  }

  /** The object of a key; empty where it is none of ours. */
  Optional<ObjectName> name(String key) {
    String start = under("");
    return key.startsWith(start)
        ? ObjectName.parse(key.substring(start.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    String path = bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    return endpoint.map(server -> "s3:" + server + "/" + path).orElse("s3://" + path);
  }
}
