package dev.ashlar.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build, which the build wrote beside its classes. */
public final class BuildVersion {
  private static final String TEXT = read();

  private BuildVersion() {}

  /** The version as the build names it, such as {@code 1.2.3}. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    try (var in = Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
