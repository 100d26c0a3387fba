package org.mailkeep.service.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A configuration to begin with, in which every key is explained. */
public final class Sample {

  private Sample() {}

  /** Its text. */
  public static String text() {
    try (InputStream in = Sample.class.getResourceAsStream("mailkeep.toml")) {
      if (in == null) {
        throw new IllegalStateException("the sample is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
