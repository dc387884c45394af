package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.XetHash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Sends many xorbs of 64 MiB at once, over a connection each. They differ in their first chunk and
 * share the bytes of the others, so that this side needs no more memory than one takes. {@code
 * bench/endtoend} starts it.
 */
public final class XorbFlood {
  private static final int CHUNK_BYTES = 128 << 10;
  private static final int CHUNKS = 512;
  private static final int HEADER_BYTES = 8;
  private static final int TRIES_MAX = 120;
  private static final int BUSY = 503;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String token;
  private final byte[] rest = new byte[(CHUNKS - 1) * (HEADER_BYTES + CHUNK_BYTES)];
  private final ArrayList<HashedChunk> hashes = new ArrayList<>();

  private XorbFlood(String base, String token) {
    this.base = base;
    this.token = token;
    for (int i = 1; i < CHUNKS; i++) {
      hashes.add(fill(rest, (i - 1) * (HEADER_BYTES + CHUNK_BYTES), i));
    }
  }

  /**
   * Takes the address of the CAS, a token and the number of xorbs; prints how many times one was
   * sent again because the server was busy.
   */
  public static void main(String[] words) throws Exception {
    var flood = new XorbFlood(words[0], words[1]);
    var sends = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < Integer.parseInt(words[2]); i++) {
      int seed = -1 - i;
      sends.add(() -> flood.send(seed));
    }
    int again = 0;
    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var send : lanes.invokeAll(sends)) {
        again += send.get();
      }
    }
    System.out.println(again);
  }

  /** Returns how many times the server was busy. */
  private int send(int seed) throws IOException, InterruptedException {
    var first = new byte[HEADER_BYTES + CHUNK_BYTES];
    var chunks = new ArrayList<HashedChunk>(CHUNKS);
    chunks.add(fill(first, 0, seed));
    chunks.addAll(hashes);
    var request =
        HttpRequest.newBuilder(URI.create(base + "/v1/xorbs/default/" + XetHash.xorb(chunks)))
            .header("Authorization", "Bearer " + token)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofByteArray(first), BodyPublishers.ofByteArray(rest)))
            .build();
    for (int busy = 0; busy < TRIES_MAX; busy++) {
      var reply = http.send(request, BodyHandlers.ofString());
      if (reply.statusCode() == 200) {
        return busy;
      }
      if (reply.statusCode() != BUSY) {
        throw new IOException("a xorb was answered " + reply.statusCode() + " " + reply.body());
      }
      Thread.sleep(1_000);
    }
    throw new IOException("the server stayed busy");
  }

  /** Writes a chunk that is stored as it is: version 0, scheme 0, both lengths, then its bytes. */
  private static HashedChunk fill(byte[] target, int at, int seed) {
    for (int field = at + 1; field < at + HEADER_BYTES; field += 4) {
      target[field] = (byte) CHUNK_BYTES;
      target[field + 1] = (byte) (CHUNK_BYTES >> 8);
      target[field + 2] = (byte) (CHUNK_BYTES >> 16);
    }
    var bytes = new byte[CHUNK_BYTES];
    new Random(seed).nextBytes(bytes);
    System.arraycopy(bytes, 0, target, at + HEADER_BYTES, CHUNK_BYTES);
    return new HashedChunk(XetHash.chunk(bytes, 0, CHUNK_BYTES), CHUNK_BYTES);
  }
}
