package dev.ashlar.hub.commit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Decodes base64 a block at a time; the decoder of the JDK's streams reads single bytes. */
final class Base64Input extends FilterInputStream {
  private static final int BLOCK_BYTES = 64 * 1024;

  private byte[] decoded = new byte[0];
  private int at;

  /** Decodes text that {@link Base64Shape} has found to be base64. */
  Base64Input(InputStream text) {
    super(text);
  }

  @Override
  public int read() throws IOException {
    return fill() ? decoded[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, decoded.length - at);
    System.arraycopy(decoded, at, target, offset, n);
    at += n;
    return n;
  }

  @Override
  public long skip(long bytes) throws IOException {
    if (bytes <= 0 || !fill()) {
      return 0;
    }
    int n = (int) Math.min(bytes, decoded.length - at);
    at += n;
    return n;
  }

  @Override
  public int available() {
    return decoded.length - at;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private boolean fill() throws IOException {
    if (at == decoded.length) {
      decoded = Base64.getDecoder().decode(in.readNBytes(BLOCK_BYTES));
      at = 0;
    }
    return at < decoded.length;
  }
}
