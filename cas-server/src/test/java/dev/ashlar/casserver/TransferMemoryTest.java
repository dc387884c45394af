package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.casserver.intake.FileIntake;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.FileUrl;
import dev.ashlar.core.token.UploadUrl;
import dev.ashlar.core.token.XetToken.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one transfer holds in memory, whatever its length: sixteen are stopped in the middle, and
 * the live heap is compared with that before. Bytes in sockets are the kernel's.
 */
@Timeout(120)
final class TransferMemoryTest {
  private static final int TRANSFERS = 16;
  private static final int FILE_BYTES = 24 << 20;
  private static final int SENT_BYTES = 6 << 20;
  private static final long UPLOAD_MAX = 2 << 20;
  private static final long RECONSTRUCTION_MAX = 8 << 20;

  private final List<Socket> sockets = new ArrayList<>();
  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    cas.close();
  }

  private static byte[] random(long seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** The same with every second row of 64 bytes empty. */
  private static byte[] halved(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += 128) {
      Arrays.fill(bytes, at, Math.min(at + 64, bytes.length), (byte) 0);
    }
    return bytes;
  }

  private Socket send(String head, byte[] body) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), cas.url("/").getPort()));
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().write(body);
    sockets.add(socket);
    return socket;
  }

  private static String head(String method, String path, long length) {
    return "%s %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(method, path, CasFixture.token(1, 10, Scope.WRITE), length);
  }

  private void awaitStaged(int count) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (cas.contents().staged().size() < count && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(cas.contents().staged()).hasSizeGreaterThanOrEqualTo(count);
    Thread.sleep(1000);
  }

  private static void assertHeldEach(String what, long before, long max) throws Exception {
    long each = (Heap.usedBytes() - before) / TRANSFERS;
    System.out.println(what + " holds " + (each >> 10) + " KiB");
    assertThat(each).as(what).isLessThan(max).isPositive();
  }

  /** The beginning of a xorb of stored chunks, 64 KiB each. */
  private static byte[] chunks(int length) {
    int raw = 64 << 10;
    var body = new byte[length];
    for (int at = 0; at + 8 <= length; at += 8 + raw) {
      body[at + 3] = 1;
      body[at + 7] = 1;
    }
    return body;
  }

  @Test
  void givenXorbsInTheMiddle_whenMeasured_thenEachHoldsAtMostTwoMebibytes() throws Exception {
    cas.postXorb(1, 10, "many-chunks");
    var body = chunks(SENT_BYTES);
    long before = Heap.usedBytes();
    for (int i = 0; i < TRANSFERS; i++) {
      var path =
          "/cas/%s/v1/xorbs/default/%s".formatted(CasFixture.scope(1), new MerkleHash(i, 1, 1, 1));
      send(head("POST", path, 64 << 20), body);
    }
    awaitStaged(TRANSFERS);

    assertHeldEach("a xorb being sent", before, UPLOAD_MAX);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenObjectsInTheMiddle_whenMeasured_thenEachHoldsAtMostTwoMebibytes(boolean compressible)
      throws Exception {
    cas.cas.files().take(1, 10, new ByteArrayInputStream(random(99, 1 << 20)));
    var bodies = new ArrayList<byte[]>();
    for (int i = 0; i < TRANSFERS; i++) {
      bodies.add(compressible ? halved(random(i, SENT_BYTES)) : random(i, SENT_BYTES));
    }
    long before = Heap.usedBytes();
    for (int i = 0; i < TRANSFERS; i++) {
      var url = new UploadUrl(1, 10, new Sha256(i, 1, 1, 1), FILE_BYTES);
      send(head("PUT", cas.urls.upload(url), FILE_BYTES), bodies.get(i));
    }
    awaitStaged(TRANSFERS);

    assertHeldEach(
        compressible ? "an object that is compressed" : "an object being sent", before, UPLOAD_MAX);
    assertThat(bodies).hasSize(TRANSFERS);
  }

  @Test
  void givenFilesInTheMiddle_whenMeasured_thenEachHoldsAtMostEightMebibytes() throws Exception {
    var bytes = random(7, FILE_BYTES);
    var taken = cas.cas.files().take(1, 10, new ByteArrayInputStream(bytes));
    var url = url(taken);
    var whole = cas.send(HttpRequest.newBuilder(cas.url(url)).GET()).body();
    assertThat(Arrays.equals(whole, bytes)).isTrue();
    bytes = new byte[0];
    whole = new byte[0];
    long before = Heap.usedBytes();
    for (int i = 0; i < TRANSFERS; i++) {
      send("GET " + url + " HTTP/1.1\r\nHost: here\r\n\r\n", bytes);
    }
    for (var socket : sockets) {
      assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
    }
    Thread.sleep(1000);

    assertHeldEach("a file being read", before, RECONSTRUCTION_MAX);
    assertThat(whole).isEmpty();
  }

  private String url(FileIntake.Taken taken) {
    return cas.urls.file(
        new FileUrl(taken.file(), taken.bytes(), "application/octet-stream", "inline", "tag"));
  }
}
