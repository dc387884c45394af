package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong requests get the documented status and one sentence, and leave nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileClientTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long GIB = 1 << 30;

  /**
   * A server that refuses what is still coming waits two seconds for a silent client before it
   * resets the connection. A test's thread can stall that long, and is then no proof of anything; a
   * reset before this time is one.
   */
  private static final Duration SILENCE_BORNE = Duration.ofSeconds(1);

  private Stack stack;
  private String admin;
  private String bob;
  private String cas;
  private String write;
  private RawXorb honest;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("hostile");
    admin = stack.adminToken();
    stack.admin("user", "add", "bob");
    bob = stack.admin("token", "add", "bob", "--scope", "write");
    create("admin", admin);
    create("bob", bob);
    var grant = grant("admin", admin);
    cas = grant.get("casUrl").asText();
    write = grant.get("accessToken").asText();
    honest = xorb(1);
    assertThat(post(cas, write, honest).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  private void create(String name, String token) throws IOException {
    var body = "{\"name\":\"of-" + name + "\"}";
    var reply =
        stack.send("POST", "/api/repos/create", token, body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  private JsonNode grant(String name, String token) throws IOException {
    var path = "/api/models/" + name + "/of-" + name + "/xet-write-token/main";
    return JSON.readTree(stack.get(path, token).body());
  }

  private java.net.http.HttpResponse<byte[]> post(String base, String token, RawXorb xorb)
      throws IOException {
    return stack.send(
        "POST", base + "/v1/xorbs/default/" + xorb.hash(), token, xorb.open().readAllBytes());
  }

  private static RawXorb xorb(int seed) {
    var random = new Random(seed);
    var chunks = new ArrayList<byte[]>();
    for (int i = 0; i < 5; i++) {
      chunks.add(TestFolder.bytes(random, 20_000 + i));
    }
    return new RawXorb(chunks);
  }

  @Test
  void givenAWrongToken_whenUsed_thenItIs401AndNothingElse() throws Exception {
    assertThat(stack.get("/api/whoami-v2", "hf_" + "x".repeat(34)).statusCode()).isEqualTo(401);
    assertThat(post(cas, "nonsense", honest).statusCode()).isEqualTo(401);
    assertThat(stack.get(cas + "/v1/reconstructions/" + "ab".repeat(32), "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void givenAReadToken_whenItWrites_thenItIs403() throws Exception {
    var reading = stack.admin("token", "add", "admin", "--scope", "read");
    var path = "/api/models/admin/of-admin/";

    var refused = stack.get(path + "xet-write-token/main", reading);
    var token =
        JSON.readTree(stack.get(path + "xet-read-token/main", reading).body())
            .get("accessToken")
            .asText();

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("X-Error-Message").orElse("")).contains("read");
    assertThat(post(cas, token, xorb(2)).statusCode()).isEqualTo(403);
  }

  @Test
  void givenACorruptXorb_whenSent_thenItIs400AndNothingIsStored() throws Exception {
    var xorb = xorb(3);
    var body = xorb.open().readAllBytes();
    body[body.length / 2] ^= 1;
    long before = stack.storedBytes();

    var reply = stack.send("POST", cas + "/v1/xorbs/default/" + xorb.hash(), write, body);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("xorb");
    assertThat(stack.storedBytes()).isEqualTo(before);
  }

  @Test
  void givenAXorbOf65MiB_whenSent_thenItIsRefusedAndNothingIsStored() throws Exception {
    var chunk = TestFolder.bytes(new Random(4), 131_072);
    var xorb = new RawXorb(Collections.nCopies(520, chunk));
    long before = stack.storedBytes();

    var reply = post(cas, write, xorb);

    assertThat(reply.statusCode()).isIn(400, 413);
    assertThat(stack.storedBytes()).isEqualTo(before);
  }

  @Test
  void givenABodyThatStops_whenTheConnectionCloses_thenNothingIsStored() throws Exception {
    var xorb = xorb(5);
    var body = xorb.open().readAllBytes();
    long before = stack.storedBytes();
    var uri = URI.create(cas);
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      var head =
          "POST %s/v1/xorbs/default/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(uri.getPath(), xorb.hash(), write, body.length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body, 0, body.length / 2);
    }

    assertThat(stack.storedBytes()).isEqualTo(before);
    assertThat(post(cas, write, xorb).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "chunked,400,{\"summary\":\"",
        "chunked,413,{\"summary\":\"x\";\"content\":\"",
        "whole,413,{\"summary\":\""
      })
  void givenACommitWhoseHeaderLineIsAGigabyte_whenSent_thenItIsRefusedBeforeMostOfItIsRead(
      String framing, int status, String value) throws Exception {
    boolean isChunked = framing.equals("chunked");
    long before = residentBytes();
    var uri = URI.create(stack.url());
    long sent = 0;
    long unanswered = System.nanoTime();
    var patience = Duration.ofDays(1);
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      var out = socket.getOutputStream();
      var in = socket.getInputStream();
      var head =
          "POST %s/api/models/admin/of-admin/commit/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
              .formatted(
                  uri.getPath(),
                  admin,
                  isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + GIB);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      var block = new byte[1 << 16];
      Arrays.fill(block, (byte) 'x');
      var start = "{\"key\":\"header\",\"value\":" + value.replace(';', ',');
      System.arraycopy(start.getBytes(StandardCharsets.US_ASCII), 0, block, 0, start.length());
      try {
        while (sent < GIB && in.available() == 0) {
          if (isChunked) {
            out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          out.write(block);
          if (isChunked) {
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          sent += block.length;
          Arrays.fill(block, 0, start.length(), (byte) 'x');
          unanswered = System.nanoTime();
        }
        socket.shutdownOutput();
        in.transferTo(answer);
      } catch (IOException _) {
        patience = Duration.ofNanos(System.nanoTime() - unanswered);
        readOn(in, answer);
      }
    }

    assertThat(answer.toString(StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("{\"error\":\"");
    assertThat(patience).as("time from the answer to a reset").isGreaterThan(SILENCE_BORNE);
    assertThat(sent).as("bytes sent before the answer").isLessThan(GIB / 8);
    assertThat(residentBytes() - before).as("more memory").isLessThan(GIB / 4);
    var commits = stack.get("/api/models/admin/of-admin/commits/main", admin);
    assertThat(JSON.readTree(commits.body())).hasSize(1);
  }

  /** Reads what arrived before a reset. */
  private static void readOn(InputStream in, OutputStream answer) {
    try {
      in.transferTo(answer);
    } catch (IOException _) {
      // nothing is left
    }
  }

  /** The memory that the server's process holds now. */
  private long residentBytes() throws IOException {
    var status = Path.of("/proc", Long.toString(stack.process().pid()), "status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        RawShard.FILE_HASH,
        RawShard.FILE_FLAGS + 3,
        RawShard.SEGMENT_COUNT,
        RawShard.SEGMENT_XORB,
        RawShard.SEGMENT_BYTES,
        RawShard.SEGMENT_START,
        RawShard.SEGMENT_END,
        RawShard.RANGE_HASH,
        RawShard.SHA256,
        RawShard.XORB_HASH,
        RawShard.XORB_CHUNKS,
        RawShard.XORB_RAW_BYTES,
        RawShard.CHUNK_HASH,
        RawShard.CHUNK_OFFSET,
        RawShard.CHUNK_BYTES
      })
  void givenAShardWithOneFalseField_whenSent_thenItIsRefusedAndItsFileUnknown(int field)
      throws Exception {
    var shard =
        field == RawShard.FILE_FLAGS + 3
            ? withoutVerification(RawShard.of(honest))
            : RawShard.falsified(RawShard.of(honest), field);

    var reply = stack.send("POST", cas + "/v2/shards", write, shard);

    var text = new String(reply.body(), StandardCharsets.UTF_8);
    assertThat(reply.statusCode() == 400 || text.contains("\"error\"")).as(text).isTrue();
    assertThat(text).doesNotContain("\"result\"");
    var file = XetHash.file(honest.hashedChunks());
    assertThat(stack.get(cas + "/v1/reconstructions/" + file, write).statusCode()).isEqualTo(404);
  }

  private static byte[] withoutVerification(byte[] shard) {
    var copy = shard.clone();
    copy[RawShard.FILE_FLAGS + 3] = 0x40;
    return copy;
  }

  @Test
  void givenAForeignXorb_whenAnotherCallerBuildsOnIt_thenItIsRefusedEvenWithRightHashes()
      throws Exception {
    var grant = grant("bob", bob);

    var reply =
        stack.send(
            "POST",
            grant.get("casUrl").asText() + "/v1/shards",
            grant.get("accessToken").asText(),
            RawShard.of(honest));

    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void givenSignedUrls_whenExpiredOrTamperedWith_thenTheyAre403() throws Exception {
    var xorb = xorb(6);
    post(cas, write, xorb);
    assertThat(stack.send("POST", cas + "/v1/shards", write, RawShard.of(xorb)).statusCode())
        .isEqualTo(200);
    var file = XetHash.file(xorb.hashedChunks());
    var plan =
        JSON.readTree(stack.get(cas + "/v2/reconstructions/" + file, write).body())
            .get("xorbs")
            .get(xorb.hash().toString())
            .get(0);
    var url = plan.get("url").asText();
    long end = plan.get("ranges").get(0).get("bytes").get("end").asLong();
    var keys = KeyRing.parse(Files.readString(stack.data().resolve("keys/signed-urls")));
    var path = URI.create(url).getPath().substring("/cas/get/xorb/".length());
    var expired =
        new SignedUrls(keys, () -> Instant.now().minusSeconds(7_200))
            .xorb(path, List.of(new ByteRange(0, end + 1)));

    assertThat(stack.get(url, "", "Range", "bytes=0-" + end).statusCode()).isEqualTo(206);
    assertThat(stack.get(stack.url() + expired, "", "Range", "bytes=0-" + end).statusCode())
        .isEqualTo(403);
    assertThat(stack.get(url.replace("ranges=0", "ranges=1"), "").statusCode()).isEqualTo(403);
    assertThat(stack.get(url, "", "Range", "bytes=0-" + (end + 50)).statusCode())
        .as("behind the body lies the footer, which is signed for nobody")
        .isIn(206, 403);
    assertThat(stack.get(url, "", "Range", "bytes=0-" + (end + 50)).body().length)
        .isLessThanOrEqualTo((int) end + 1);
  }
}
