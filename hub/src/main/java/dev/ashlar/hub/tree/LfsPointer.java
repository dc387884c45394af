package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text that stands in Git for a large file: its SHA-256 and its size. */
public record LfsPointer(Sha256 oid, long bytes) {
  /** Longer blobs are never pointers. */
  public static final int TEXT_BYTES_MAX = 1024;

  private static final String VERSION = "version https://git-lfs.github.com/spec/v1\n";
  private static final Pattern BODY =
      Pattern.compile(
          "(?:ext-[0-9]-[^\\n ]{1,100} sha256:[0-9a-f]{64}\\n)*"
              + "oid sha256:([0-9a-f]{64})\\nsize (0|[1-9][0-9]{0,17})\\n?");

  public LfsPointer {
    if (bytes < 0) {
      throw new IllegalArgumentException("size " + bytes);
    }
  }

  /** The pointer that these bytes are, if they are one. */
  public static Optional<LfsPointer> parse(byte[] blob) {
    if (blob.length > TEXT_BYTES_MAX) {
      return Optional.empty();
    }
    var text = new String(blob, StandardCharsets.UTF_8);
    if (!text.startsWith(VERSION)) {
      return Optional.empty();
    }
    var body = BODY.matcher(text).region(VERSION.length(), text.length());
    return body.matches()
        ? Optional.of(new LfsPointer(Sha256.parse(body.group(1)), Long.parseLong(body.group(2))))
        : Optional.empty();
  }

  /** The blob's text: three lines. */
  public String text() {
    return VERSION + "oid sha256:" + oid + "\nsize " + bytes + "\n";
  }

  /** The blob's bytes, newly made. */
  public byte[] blob() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }
}
