package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.XetHash;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;

/**
 * Sends xorbs of 64 MiB, one after the other, and tells what part of each one's time passes between
 * its last byte and the answer. {@code bench/endtoend} starts it.
 *
 * <p>The last byte counts as sent when the socket took it. The socket holds little, but what the
 * server's one holds is part of the tail.
 */
public final class XorbTail {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS = 1024;
  private static final int HEADER_BYTES = 8;
  private static final int STORED_BYTES = HEADER_BYTES + CHUNK_BYTES;
  private static final int SOCKET_BYTES = 64 << 10;

  private final URI base;
  private final String token;
  private final Random random = new Random();

  private XorbTail(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * Takes the address of the CAS, a token and the number of xorbs; prints a line for each: seconds
   * of the whole and of the tail.
   */
  public static void main(String[] words) throws Exception {
    var tail = new XorbTail(URI.create(words[0]), words[1]);
    int count = Integer.parseInt(words[2]);
    for (int i = 0; i < count; i++) {
      System.out.println(tail.send());
    }
  }

  private String send() throws IOException {
    var body = new byte[CHUNKS * STORED_BYTES];
    random.nextBytes(body);
    var chunks = new ArrayList<HashedChunk>(CHUNKS);
    for (int at = 0; at < body.length; at += STORED_BYTES) {
      header(body, at);
      chunks.add(new HashedChunk(XetHash.chunk(body, at + HEADER_BYTES, CHUNK_BYTES), CHUNK_BYTES));
    }
    var request =
        "POST %s/v1/xorbs/default/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                base.getPath(), XetHash.xorb(chunks), base.getAuthority(), token, body.length);
    try (var socket = new Socket()) {
      socket.setSendBufferSize(SOCKET_BYTES);
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
      var out = socket.getOutputStream();
      long began = System.nanoTime();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      long sent = System.nanoTime();
      var reply = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      long answered = System.nanoTime();
      if (!reply.equals("HTTP/1.1 200")) {
        throw new IOException("a xorb was answered " + reply);
      }
      return "%.4f\t%.4f".formatted((answered - began) / 1e9, (answered - sent) / 1e9);
    }
  }

  /** A chunk that is stored as it is: version 0, scheme 0, both lengths. */
  private static void header(byte[] body, int at) {
    body[at] = 0;
    body[at + 4] = 0;
    for (int field = at + 1; field < at + HEADER_BYTES; field += 4) {
      body[field] = (byte) CHUNK_BYTES;
      body[field + 1] = (byte) (CHUNK_BYTES >> 8);
      body[field + 2] = (byte) (CHUNK_BYTES >> 16);
    }
  }
}
