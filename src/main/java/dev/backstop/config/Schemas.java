package dev.backstop.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Returns the JSON Schemas that help editors with the two kinds of files. */
public final class Schemas {

  private Schemas() {}

  /** Returns the schema of a policy file. */
  public static String policy() {
    return resource("policy.schema.json");
  }

  /** Returns the schema of the daemon's configuration. */
  public static String conf() {
    return resource("conf.schema.json");
  }

  private static String resource(String name) {
    try (InputStream stream = Schemas.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
