package dev.ashlar.web;

import dev.ashlar.core.manifest.ByteRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The body of an answer with several ranges: multipart/byteranges with one part a range, in order
 * and never joined, as clients match them by place.
 *
 * <p>Clients search the bytes for the boundary, so it is random and long: no content can know it.
 */
public final class MultipartRanges {
  /** Writes the bytes of one range. */
  @FunctionalInterface
  public interface Source {
    /** Writes exactly the range to {@code out}, which must stay open. */
    void copy(ByteRange range, OutputStream out) throws IOException;
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BOUNDARY_BYTES = 24;

  private final String boundary;
  private final String partType;
  private final long totalBytes;
  private final List<ByteRange> ranges;

  /** Ranges of something that has {@code totalBytes} bytes and a content type. */
  public MultipartRanges(String partType, long totalBytes, List<ByteRange> ranges) {
    var random = new byte[BOUNDARY_BYTES];
    RANDOM.nextBytes(random);
    this.boundary = HexFormat.of().formatHex(random);
    this.partType = partType;
    this.totalBytes = totalBytes;
    this.ranges = List.copyOf(ranges);
  }

  /** The value of Content-Type. */
  public String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  /** The value of Content-Length. */
  public long bytes() {
    long bytes = end().length;
    for (int i = 0; i < ranges.size(); i++) {
      bytes = Math.addExact(bytes, head(i).length + ranges.get(i).bytes());
    }
    return bytes;
  }

  /** Writes the whole body. */
  public void write(OutputStream out, Source source) throws IOException {
    for (int i = 0; i < ranges.size(); i++) {
      out.write(head(i));
      source.copy(ranges.get(i), out);
    }
    out.write(end());
  }

  private byte[] head(int i) {
    return ascii(
        (i == 0 ? "" : "\r\n")
            + "--"
            + boundary
            + "\r\nContent-Type: "
            + partType
            + "\r\nContent-Range: "
            + HttpRange.contentRange(ranges.get(i), totalBytes)
            + "\r\n\r\n");
  }

  private byte[] end() {
    return ascii("\r\n--" + boundary + "--\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
