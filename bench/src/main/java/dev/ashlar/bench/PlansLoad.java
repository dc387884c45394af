package dev.ashlar.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Asks a server the same kind of question as fast as it answers, on a few connections that stay
 * open, for some seconds after others of warming up. Prints {@code begin} when it starts to count,
 * then {@code end}, the answers and their bytes.
 */
final class PlansLoad {
  private final URI base;
  private final String token;
  private final List<String> paths;
  private final int status;
  private volatile boolean counting;
  private volatile boolean ended;

  private PlansLoad(URI base, String token, List<String> paths, int status) {
    this.base = base;
    this.token = token;
    this.paths = paths;
    this.status = status;
  }

  private record Answers(long count, long bytes) {}

  /**
   * Arguments: CAS base, token, a file with a path a line below that base and perhaps a tab and a
   * range ({@code *} stands for a random hash), expected status, connections, seconds before,
   * seconds.
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    var load =
        new PlansLoad(
            URI.create(arguments[0]),
            arguments[1],
            Files.readAllLines(Path.of(arguments[2])),
            Integer.parseInt(arguments[3]));
    load.run(
        Integer.parseInt(arguments[4]),
        Long.parseLong(arguments[5]) * 1000,
        Long.parseLong(arguments[6]) * 1000);
  }

  private void run(int connections, long millisBefore, long millis)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(connections)) {
      Callable<Answers> client = this::ask;
      var running = Stream.generate(() -> threads.submit(client)).limit(connections).toList();
      Thread.sleep(millisBefore);
      System.out.println("begin");
      counting = true;
      Thread.sleep(millis);
      counting = false;
      System.out.println("end");
      ended = true;
      long count = 0;
      long bytes = 0;
      for (var one : running) {
        count += one.get().count();
        bytes += one.get().bytes();
      }
      System.out.println(count + "\t" + bytes);
    }
  }

  private Answers ask() throws IOException {
    long count = 0;
    long bytes = 0;
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      var out = socket.getOutputStream();
      while (!ended) {
        send(out, paths.get(ThreadLocalRandom.current().nextInt(paths.size())));
        long received = answer(in);
        if (counting) {
          count++;
          bytes += received;
        }
      }
    }
    return new Answers(count, bytes);
  }

  private void send(OutputStream out, String line) throws IOException {
    int tab = line.indexOf('\t');
    var path = tab < 0 ? line : line.substring(0, tab);
    if (path.endsWith("*")) {
      var hash = new byte[32];
      ThreadLocalRandom.current().nextBytes(hash);
      path = path.replace("*", HexFormat.of().formatHex(hash));
    }
    var range = tab < 0 ? "" : "range: " + line.substring(tab + 1) + "\r\n";
    var head =
        "GET %s%s HTTP/1.1\r\nhost: %s\r\nauthorization: Bearer %s\r\naccept: */*\r\n%s\r\n"
            .formatted(base.getPath(), path, base.getAuthority(), token, range);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private long answer(InputStream in) throws IOException {
    var first = line(in);
    if (!first.startsWith("HTTP/1.1 " + status)) {
      throw new IOException("the answer is " + first);
    }
    long length = 0;
    boolean chunked = false;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
    }
    if (!chunked) {
      in.skipNBytes(length);
      return length;
    }
    while (true) {
      long piece = Long.parseLong(line(in), 16);
      in.skipNBytes(piece);
      line(in);
      length += piece;
      if (piece == 0) {
        return length;
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
