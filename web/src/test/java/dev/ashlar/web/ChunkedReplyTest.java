package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies of unknown length, read byte by byte from the connection. */
final class ChunkedReplyTest {
  private static final String ASK = "GET /bytes HTTP/1.1\nHost: h\n";

  private static final int CHUNK_BYTES = 128 * 1024;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final HttpServer server =
      new HttpServer(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new PublicUrl(Optional.empty()),
          new Routes().get("/bytes", this::answer).get("/fails", this::fail));
  private final byte[] bytes = new byte[600_000];
  private int length;
  private int pieceMax;
  private int flushes;
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    random.nextBytes(bytes);
    client = new RawClient(server.port());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  private void answer(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200)) {
      int left = flushes;
      for (int at = 0; at < length; ) {
        int piece = Math.min(length - at, 1 + random.nextInt(pieceMax));
        out.write(bytes, at, piece);
        at += piece;
        if (left-- > 0) {
          out.flush();
        }
      }
    }
  }

  private void fail(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200)) {
      out.write(bytes, 0, length);
      throw new IllegalStateException("after a part of the reply");
    }
  }

  @Test
  void givenPiecesOfAnySizes_whenReplied_thenEachReplyIsWholeAndTheNextFollows()
      throws IOException {
    for (int round = 0; round < 300; round++) {
      length = 1 + random.nextInt(1 << (1 + random.nextInt(19)));
      pieceMax = 1 + random.nextInt(1 << (1 + random.nextInt(18)));
      flushes = random.nextInt(4);
      client.send(ASK + (random.nextBoolean() ? "TE: trailers\n\n" : "\n"));

      assertThat(body())
          .as("seed %d, round %d, %d bytes", seed, round, length)
          .isEqualTo(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void givenAReplyThatFitsOneChunk_whenNothingIsFlushed_thenItsLengthIsTold() throws IOException {
    length = 100_000;
    pieceMax = 50_000;
    client.send(ASK + "\n");

    assertThat(client.readUntil("\r\n\r\n")).contains("Content-Length: 100000\r\n");
  }

  @Test
  void givenAClientThatTakesTrailers_whenTheReplyIsSmall_thenNothingStandsBehindIt()
      throws IOException {
    for (int bytes : new int[] {0, 3, 16_383, 40_000, 100_000}) {
      length = bytes;
      pieceMax = 70_000;
      client.send(ASK + "TE: trailers\n\n" + ASK + "Connection: close\n\n");

      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: " + bytes + "\r\n");
      client.socket().getInputStream().skipNBytes(bytes);
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      client.close();
      client = new RawClient(server.port());
    }
  }

  @Test
  void givenHead_whenReplied_thenTheLengthIsToldAndTheNextReplyFollows() throws IOException {
    for (int bytes : new int[] {0, 3, 40_000, 600_000}) {
      length = bytes;
      pieceMax = 70_000;
      flushes = 2;
      client.send(ASK.replace("GET", "HEAD") + "\n");

      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: " + bytes + "\r\n");
    }
  }

  @Test
  void givenAFailureOfTheHandler_whenNothingHasLeft_thenHeadAndGetAreAnsweredWithTheError()
      throws IOException {
    for (var method : new String[] {"HEAD", "GET"}) {
      length = 3_000;
      client.send(method + " /fails HTTP/1.1\nHost: h\n\n");

      var head = client.readUntil("\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 500 ").doesNotContain("Content-Length: 3000\r\n");
    }
  }

  @Test
  void givenAFailureBehindMuch_whenTheClientReads_thenNoLastChunkComes() throws IOException {
    length = 300_000;
    client.send("GET /fails HTTP/1.1\nHost: h\n\n");

    assertThat(client.readAll()).hasSizeGreaterThan(CHUNK_BYTES).doesNotEndWith("\r\n0\r\n\r\n");
  }

  private byte[] body() throws IOException {
    var head = client.readUntil("\r\n\r\n");
    var in = client.socket().getInputStream();
    if (head.contains("Content-Length: ")) {
      return in.readNBytes(length);
    }
    assertThat(head).contains("Transfer-Encoding: chunked\r\n");
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(client.readUntil("\r\n").strip(), 16);
      if (size == 0) {
        for (var line = ""; !line.equals("\r\n"); ) {
          line = client.readUntil("\r\n");
        }
        return body.toByteArray();
      }
      body.write(in.readNBytes(size));
      assertThat(in.readNBytes(2)).containsExactly('\r', '\n');
    }
  }
}
