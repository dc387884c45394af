package dev.ashlar.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Reads ranges of one resource from two servers in turns, over one connection each, and tells how
 * the first server's rate compares with the second's. {@code bench/endtoend} starts it.
 */
public final class RangeReads {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long SEED = 64;

  /** One server's connection. */
  private static final class Connection {
    private final URI uri;
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    Connection(URI uri) throws IOException {
      this.uri = uri;
      this.socket = new Socket(uri.getHost(), uri.getPort());
      this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
      socket.setTcpNoDelay(true);
    }

    /** Reads bytes {@code from} to {@code last} and returns their sum, which says little. */
    long read(long from, long last) throws IOException {
      var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      var request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nRange: bytes=%d-%d\r\n\r\n"
              .formatted(path, uri.getAuthority(), from, last);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var status = line();
      if (!status.startsWith("HTTP/1.1 206")) {
        throw new IOException(uri.getHost() + ":" + uri.getPort() + " answered " + status);
      }
      long length = -1;
      for (var header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Long.parseLong(header.substring(15).strip());
        }
      }
      if (length != last - from + 1) {
        throw new IOException("a range of " + (last - from + 1) + " bytes has " + length);
      }
      long sum = 0;
      while (length > 0) {
        int got = in.read(buffer, 0, (int) Math.min(buffer.length, length));
        if (got < 0) {
          throw new IOException("the connection ended within a range");
        }
        sum = 31 * sum + buffer[0] + buffer[got - 1];
        length -= got;
      }
      return sum;
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the connection ended within a header");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    byte[] bytes(int from, int length) throws IOException {
      try (var fresh = new Socket(uri.getHost(), uri.getPort())) {
        var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        fresh
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nRange: bytes=%d-%d\r\n\r\n"
                    .formatted(path, uri.getAuthority(), from, from + length - 1)
                    .getBytes(StandardCharsets.US_ASCII));
        var all = fresh.getInputStream().readAllBytes();
        return Arrays.copyOfRange(all, all.length - length, all.length);
      }
    }
  }

  private RangeReads() {}

  /**
   * Takes the first server's address of the resource, the second's, the resource's length, the
   * number of rounds, what the line is to say about the second, the least ratio for ranges of 64
   * KiB and that for larger ones.
   */
  public static void main(String[] words) throws IOException {
    var ours = new Connection(URI.create(words[0]));
    var theirs = new Connection(URI.create(words[1]));
    int length = Integer.parseInt(words[2]);
    var pairing = new Pairing(Integer.parseInt(words[3]));
    int probe = Math.min(length, 1 << 20);
    if (!Arrays.equals(ours.bytes(length - probe, probe), theirs.bytes(length - probe, probe))) {
      throw new IllegalStateException("the servers' bytes differ");
    }
    for (int size : new int[] {64 << 10, 1 << 20, 16 << 20, length}) {
      var name = size == length ? "all " + (length >> 20) + " MiB" : (size >> 10) + " KiB";
      double target = Double.parseDouble(words[size == 64 << 10 ? 5 : 6]);
      var random = new Random(SEED);
      Runnable beside = () -> read(theirs, random, size, length);
      var itself = pairing.ratio(beside, beside);
      var ratio = pairing.ratio(() -> read(ours, random, size, length), beside);
      System.out.printf(
          Locale.ROOT,
          "#   range reads of %s / %s: beside itself %.2f (%.2f to %.2f)%n",
          name,
          words[4],
          itself.median(),
          itself.low(),
          itself.high());
      System.out.printf(
          Locale.ROOT,
          "range reads of %s / %s\t%.2f\t%.2f\t%.2f\t%.2f\t%s%n",
          name,
          words[4],
          ratio.median(),
          ratio.low(),
          ratio.high(),
          target,
          ratio.verdict(target, itself.isSteady()));
    }
  }

  private static void read(Connection connection, Random random, int size, int length) {
    try {
      int from = size == length ? 0 : random.nextInt(length - size);
      var _ = connection.read(from, from + size - 1L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
