package dev.ashlar.casserver.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set: as a flag {@code --key}, as {@code ASHLAR_KEY} in the environment, or
 * as {@code key=} in a properties file; the earlier wins.
 */
public enum Setting {
  DATA("DIR", "./data", "The folder that holds everything: database, objects, keys."),
  LISTEN("HOST:PORT", "127.0.0.1:8080", "The address to listen on; port 0 takes a free one."),
  PUBLIC_URL(
      "URL",
      "",
      "The base URL that clients use, a path prefix included. Without it, the Host header of each"
          + " request decides, with http."),
  GATEWAY_URL(
      "URL", "", "The base URL of a separate gateway, when downloads shall go through one."),
  DATABASE_URL(
      "URL",
      "",
      "An existing PostgreSQL, as jdbc:postgresql://host/name without password. Without it, an"
          + " embedded PostgreSQL runs below the data folder."),
  DATABASE_USER("NAME", "ashlar", "The user of the database URL."),
  DATABASE_PASSWORD_FILE(
      "FILE", "", "A file that holds the password of the database user; else none is sent."),
  XET_TOKEN_LIFETIME("DURATION", "PT60M", "How long a token for the Xet protocol is valid."),
  SIGNED_URL_LIFETIME(
      "DURATION", "PT60M", "How long a signed download URL is valid; at most PT60M."),
  STALL_TIMEOUT(
      "DURATION", "PT60S", "After how long a silence in the middle of a request it is cut off."),
  STALL_RATE(
      "BYTES",
      "1024",
      "How many bytes a second a request body must bring on average while the server waits for it,"
          + " once it has waited for stall-timeout; 0 is no limit."),
  LFS_THRESHOLD("BYTES", "10485760", "Files larger than this are never stored as plain Git blobs."),
  BINARY_AS_LFS(
      "BOOLEAN", "true", "Whether small files that look binary go to the chunk store as well."),
  GIT_PUSH_LIMIT("BYTES", "2147483648", "The longest pack that one git push may bring."),
  MULTIPART_THRESHOLD(
      "BYTES",
      "268435456",
      "LFS objects larger than this are sent in parts by clients that offer to, so that a broken"
          + " connection costs one part."),
  MULTIPART_PART_SIZE(
      "BYTES",
      "67108864",
      "How large these parts are, at least 1048576; those of huge objects are larger."),
  BLAKE3_LIBRARY(
      "FILE",
      "",
      "The shared library of libblake3, version 1, that computes hashes. Without it, the system's"
          + " own if there is one; ./ashlar doctor tells.");

  private final String value;
  private final String preset;
  private final String meaning;

  Setting(String value, String preset, String meaning) {
    this.value = value;
    this.preset = preset;
    this.meaning = meaning;
  }

  /** The key in kebab case, as in a flag or a properties file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of the environment variable. */
  public String environment() {
    return "ASHLAR_" + name();
  }

  /** What stands for the value in help texts, for example {@code DIR}. */
  public String value() {
    return value;
  }

  /** The default as text; empty means not set. */
  public String preset() {
    return preset;
  }

  /** One or two sentences for help and documentation. */
  public String meaning() {
    return meaning;
  }

  /** The setting with this key. */
  public static Optional<Setting> of(String key) {
    for (var setting : values()) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
