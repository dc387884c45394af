package dev.ashlar.hub.commit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether a file goes into Git or into the chunk store.
 *
 * @param lfsBytesMin longer files are large
 * @param binaryIsLarge whether files that are not text are large
 */
public record UploadModes(long lfsBytesMin, boolean binaryIsLarge) {
  private static final String LARGE = "lfs";
  private static final String REGULAR = "regular";

  /** The mode of a file, by its size, the beginning of its bytes and the attributes of its path. */
  String of(long bytes, byte[] sample, boolean hasLfsAttribute) {
    if (bytes == 0) {
      return REGULAR;
    }
    boolean isLarge =
        hasLfsAttribute || bytes > lfsBytesMin || (binaryIsLarge && isBinary(sample, bytes));
    return isLarge ? LARGE : REGULAR;
  }

  /** Whether a beginning of {@code bytes} has a NUL or is not UTF-8; it may end in a character. */
  static boolean isBinary(byte[] sample, long bytes) {
    for (byte b : sample) {
      if (b == 0) {
        return true;
      }
    }
    boolean isWhole = sample.length >= bytes;
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(sample), CharBuffer.allocate(sample.length), isWhole)
        .isError();
  }
}
