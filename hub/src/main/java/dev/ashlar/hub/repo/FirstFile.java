package dev.ashlar.hub.repo;

import java.nio.charset.StandardCharsets;

/** A file of a repository's first commit. */
final class FirstFile {
  private final String path;
  private final byte[] content;

  /** The array is not copied and must not change any more. */
  FirstFile(String path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  static FirstFile of(String path, String text) {
    return new FirstFile(path, text.getBytes(StandardCharsets.UTF_8));
  }

  String path() {
    return path;
  }

  byte[] content() {
    return content;
  }
}
