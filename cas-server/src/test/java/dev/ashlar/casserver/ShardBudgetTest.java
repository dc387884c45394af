package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.casserver.intake.ShardLimits;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shards that ask for far more work than they have bytes. */
@Timeout(120)
final class ShardBudgetTest {
  private static final Optional<Sha256> FALSE = Optional.of(new Sha256(1, 2, 3, 4));

  /** 16 GiB in a shard of 800 KB: minutes of hashing. */
  private static final RepeatingShard LONG = RepeatingShard.of("many-chunks", 8192, FALSE);

  private static final int WHOLE_MEMORY = 64 << 20;

  private static CasFixture start(Path folder, ShardLimits limits) throws IOException {
    var cas = new CasFixture(folder, limits);
    cas.postXorb(1, 10, "many-chunks");
    cas.postXorb(2, 20, "none-random");
    return cas;
  }

  /** Sends a shard and does not wait for the answer. */
  private static Socket send(CasFixture cas, String path, byte[] shard) throws IOException {
    var url = cas.url("/cas/" + CasFixture.scope(1) + path);
    var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    var head =
        "POST %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(url.getPath(), CasFixture.token(1, 10, Scope.WRITE), shard.length);
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().write(shard);
    return socket;
  }

  private static void awaitStaged(CasFixture cas, long count, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (cas.contents().staged().size() != count && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(cas.contents().staged()).hasSize((int) count);
  }

  @Test
  void givenClaimsOverTheSameBytesAgainAndAgain_whenBeyondTheLimit_thenTheShardIsRefused(
      @TempDir Path folder) throws IOException {
    try (var cas = start(folder, new ShardLimits(4, 4 << 20, 3))) {

      var within =
          cas.post(1, 10, "/v1/shards", RepeatingShard.of("many-chunks", 5, FALSE).bytes());
      var beyond =
          cas.post(1, 10, "/v1/shards", RepeatingShard.of("many-chunks", 6, FALSE).bytes());
      var lines = cas.post(1, 10, "/v2/shards", RepeatingShard.of("many-chunks", 6, FALSE).bytes());
      var unclaimed = RepeatingShard.of("many-chunks", 6, Optional.empty());

      assertThat(new String(within.body(), UTF_8)).contains("have SHA-256");
      assertThat(beyond.statusCode()).isEqualTo(422);
      assertThat(new String(beyond.body(), UTF_8)).contains("upload them in several commits");
      assertThat(new String(lines.body(), UTF_8))
          .contains("\"retryable\":false", "several commits");
      assertThat(cas.post(1, 10, "/v1/shards", unclaimed.bytes()).statusCode()).isEqualTo(200);
      boolean held = cas.database.read(db -> Holds.isHeld(db, 10, unclaimed.file()));
      assertThat(held).isTrue();
    }
  }

  @Test
  void givenAClientThatLeaves_whenItsShardIsHashed_thenTheHashingStops(@TempDir Path folder)
      throws Exception {
    try (var cas = start(folder, ShardLimits.DEFAULT)) {
      for (var path : new String[] {"/v1/shards", "/v2/shards"}) {
        var client = send(cas, path, LONG.bytes());
        awaitStaged(cas, 1, Duration.ofSeconds(5));
        Thread.sleep(1500);
        assertThat(cas.contents().staged()).as("still hashed").hasSize(1);

        client.close();

        awaitStaged(cas, 0, Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void givenACallerWithLongShards_whenAnotherSendsOne_thenItIsAnsweredMeanwhile(
      @TempDir Path folder) throws Exception {
    try (var cas = start(folder, ShardLimits.DEFAULT)) {
      var clients = new ArrayList<Socket>();
      for (int i = 0; i < 8; i++) {
        clients.add(send(cas, "/v1/shards", i == 0 ? LONG.padded(WHOLE_MEMORY) : LONG.bytes()));
      }
      awaitStaged(cas, 8, Duration.ofSeconds(20));
      Thread.sleep(1000);

      var begin = System.nanoTime();
      var other = cas.post(2, 20, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));
      var took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      assertThat(cas.contents().staged()).as("the others' are still hashed").hasSize(8);
      for (var client : clients) {
        client.close();
      }
      awaitStaged(cas, 0, Duration.ofSeconds(15));
    }
  }

  @Test
  void givenAsManyShardsAsACallerMayHave_whenOneMoreComes_thenItAloneIs503(@TempDir Path folder)
      throws Exception {
    try (var cas = start(folder, new ShardLimits(1, Long.MAX_VALUE, 1))) {
      var client = send(cas, "/v1/shards", LONG.bytes());
      awaitStaged(cas, 1, Duration.ofSeconds(5));
      var shard = GoldenFiles.bytes("shards/one-file.bin");

      var another = cas.post(1, 10, "/v1/shards", shard);
      var streamed = cas.post(1, 10, "/v2/shards", shard);
      var other = cas.post(2, 20, "/v1/shards", shard);

      assertThat(another.statusCode()).isEqualTo(503);
      assertThat(streamed.statusCode()).isEqualTo(503);
      assertThat(other.statusCode()).isEqualTo(200);
      client.close();
      awaitStaged(cas, 0, Duration.ofSeconds(5));
      cas.postXorb(1, 10, "none-random");
      assertThat(cas.post(1, 10, "/v1/shards", shard).statusCode()).isEqualTo(200);
    }
  }
}
